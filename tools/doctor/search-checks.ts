import type { Contact, ContactPage } from '../../src/models/contact.ts';
import type { Answer, Client } from './client.ts';
import { byIdQuestion, contactById, described, pageOf, searchPath } from './contact-checks.ts';
import { askSupport, CannotAsk, type CheckGroup, type Finding, judge, unanswered } from './finding.ts';

/** A field's ID, and a value that some contacts have in that field. */
export interface Search {
  name: string;
  value: string;
}

/** A search and its first page of results. */
interface Results extends Search {
  client: Client;
  first: ContactPage;
}

const questions = {
  order: 'In which order do results come?',
  pastTheEnd: 'How is a page past the end answered?',
  pageSize: 'Does per_page set the size of a page?',
  booleans: 'Which case of yes and no matches?',
  wholeValues: 'Do found contacts have the whole value?',
  links: 'Where do links point?',
};

const moreContacts = 'Run the doctor again with --field and --value that more contacts have.';

/** The consequence of each order of results. */
const orders = {
  'newest first': { means: 'New Contact sees new contacts with one request a poll.', verdict: 'good' },
  'oldest first': {
    means: 'New Contact sees new contacts on the last page, with a request or two a poll.',
    verdict: 'good',
  },
  'no order by time': {
    means: 'New Contact reads the whole list, some pages a poll: on large channels it starts the Zap late.',
    verdict: 'note',
  },
} as const;

/** Names the order that a page's contacts are in; undefined if they are too few to tell. */
function orderOf(contacts: Contact[]): keyof typeof orders | undefined {
  const times = contacts.map(({ created_at }) => created_at);
  const isSorted = (sign: 1 | -1) =>
    times.every((time, n) => n === 0 || sign * time.localeCompare(times[n - 1] ?? time) >= 0);
  if (new Set(times).size < 2) return undefined;
  return isSorted(-1) ? 'newest first' : isSorted(1) ? 'oldest first' : 'no order by time';
}

/** Checks the order of results, on the first page and the last one. */
async function order({ client, name, value, first }: Results): Promise<Finding> {
  const { lastPage = 1 } = first;
  const last =
    lastPage > 1 ? pageOf(await client.send(searchPath, { name, value, page: String(lastPage) })) : undefined;
  const found = orderOf([...first.contacts, ...(last?.contacts ?? [])]);
  const finding = { question: questions.order, expected: 'newest first or oldest first' };
  return found
    ? { ...finding, found, ...orders[found] }
    : unanswered({ ...finding, found: 'too few contacts to tell' }, moreContacts);
}

/** Checks the answer to a page after the last one. */
async function pastTheEnd({ client, name, value, first }: Results): Promise<Finding> {
  const page = String((first.lastPage ?? 1000) + 1);
  const answer = await client.send(searchPath, { name, value, page });
  const contacts = pageOf(answer)?.contacts;
  return judge(contacts?.length === 0, {
    question: questions.pastTheEnd,
    expected: 'status 200 without contacts',
    found: contacts ? `status 200 with ${contacts.length} contacts` : described(answer),
    good: 'A list ends after its last page.',
    bad: 'New Contact fails, or reads contacts twice, when contacts are deleted while it reads.',
    next: askSupport,
  });
}

/** Checks whether a page size can be requested. The integration requests none; larger pages could save requests. */
async function pageSize({ client, name, value, first }: Results): Promise<Finding> {
  const { length } = first.contacts;
  const asked = length > 1 ? 1 : 2;
  const contacts = pageOf(await client.send(searchPath, { name, value, per_page: String(asked) }))?.contacts;
  const finding = {
    question: questions.pageSize,
    expected: 'no (nothing documents it)',
    means: 'Nothing: the integration does not use it. If it works, New Contact could make fewer requests.',
  };
  if (!contacts) return { ...finding, found: 'it is refused', verdict: 'good' };
  if (length < 2)
    return { ...finding, found: 'too few contacts to tell', verdict: 'open', next: moreContacts };
  return contacts.length === 1
    ? { ...finding, found: 'yes', verdict: 'note' }
    : { ...finding, found: `no, pages of ${length} stay`, verdict: 'good' };
}

const isYesNo = (value: string) => /^(?:true|false)$/i.test(value);

/** Returns the spellings of a yes or no, the documented one first; of any other value, the value alone. */
function spellingsOf(value: string): string[] {
  if (!isYesNo(value)) return [value];
  const upper = value.toUpperCase();
  return [upper, value.toLowerCase(), upper.charAt(0) + value.slice(1).toLowerCase()];
}

/** Checks which spellings of yes and no find contacts. */
async function booleans({ client, name, value }: Results): Promise<Finding> {
  const finding = { question: questions.booleans, expected: 'TRUE and FALSE' };
  if (!isYesNo(value)) {
    return unanswered(
      { ...finding, found: `not asked: ${value} is not a yes or no` },
      'Run the doctor again with the ID of a yes/no field and --value TRUE.',
    );
  }
  const [upper = value, ...others] = spellingsOf(value);
  const counts: [spelling: string, contacts: number][] = [];
  for (const spelling of [upper, ...others]) {
    const page = pageOf(await client.send(searchPath, { name, value: spelling }));
    counts.push([spelling, page?.total ?? page?.contacts.length ?? 0]);
  }
  const matching = counts.filter(([, contacts]) => contacts > 0).map(([spelling]) => spelling);
  return judge(matching.includes(upper), {
    ...finding,
    found: counts.map(([spelling, contacts]) => `${spelling}: ${contacts} contacts`).join(', '),
    good: 'TRUE and FALSE, as the forms say, find contacts.',
    bad: 'TRUE and FALSE, as the forms say, find nothing.',
    next: `Write ${matching.join(' or ') || 'another value'} in the fields of your Zaps.`,
  });
}

/** Checks whether a search finds only contacts that have the whole value. */
function wholeValues({ name, value, first: { contacts } }: Results): Finding {
  const isSame = (held: unknown) =>
    isYesNo(value) ? String(held).toLowerCase() === value.toLowerCase() : String(held) === value;
  const held = contacts.flatMap(({ custom_fields }) => Object.entries(custom_fields));
  const others = held.filter(([field, held]) => field === name && !isSame(held)).length;
  return judge(others === 0, {
    question: questions.wholeValues,
    expected: 'all of them',
    found:
      others === 0
        ? `all ${contacts.length} on the first page`
        : `${others} of ${contacts.length} have another`,
    good: 'Steps that find or create never mistake one contact for another.',
    bad: 'Steps that find, update or message a contact can meet the wrong person.',
    next: 'Look contacts up by values that are unique and that no other value contains, such as an e-mail address.',
  });
}

/** Checks where a page's links point to. The integration never follows them. */
function links({ data }: Answer, host: string): Finding {
  const { first, next, last } = Object(Object(data).links);
  const link = URL.parse(String(next ?? last ?? first));
  const oddities = link && [
    ...(link.protocol === 'https:' ? [] : ['plain http']),
    ...(link.host === host ? [] : [`another host (${link.host})`]),
    ...(link.searchParams.has('name') ? [] : ['without the filter']),
  ];
  return {
    question: questions.links,
    expected: 'plain http, without the filter',
    found: oddities ? oddities.join(', ') || 'to the same list, over https' : 'no links',
    means: 'Nothing: links are never followed, so the token goes nowhere with them.',
    verdict: 'good',
  };
}

/** Returns the first spelling of the value that finds contacts, with its answer; the last spelling if none finds any. */
async function firstAnswer(
  client: Client,
  { name, value }: Search,
): Promise<{ search: Search; answer: Answer }> {
  const spellings = new Set([value, ...spellingsOf(value)]);
  let tried = { search: { name, value }, answer: await client.send(searchPath, { name, value }) };
  for (const spelling of spellings) {
    if (spelling === value) continue;
    if (pageOf(tried.answer)?.contacts.length !== 0) break;
    const search = { name, value: spelling };
    tried = { search, answer: await client.send(searchPath, search) };
  }
  return tried;
}

/** The checks that need a value which some contacts have. */
export function searchChecks(client: Client, search: Search | undefined, host: string): CheckGroup {
  return {
    questions: [...Object.values(questions), byIdQuestion],
    async *check() {
      if (!search) {
        throw new CannotAsk(
          'no --field and --value were given',
          'Name a field and a value that some contacts have, a yes/no field if there is one: npm run doctor -- --field subscribed --value TRUE',
          false,
        );
      }
      const { search: matching, answer } = await firstAnswer(client, search);
      const first = pageOf(answer);
      if (!first) {
        throw new CannotAsk(
          `the search for ${search.name} = ${search.value} got ${described(answer)}`,
          'Check that --field is the ID of a field, not its label, and run the doctor again.',
          false,
        );
      }
      const [contact] = first.contacts;
      if (!contact) {
        throw new CannotAsk(
          `no contact has ${search.value} in the field ${search.name}`,
          "Check that it is the field's ID, not its label, and that some contacts have this value. Then run the doctor again.",
          false,
        );
      }
      const results = { client, ...matching, first };
      yield await order(results);
      yield await pastTheEnd(results);
      yield await pageSize(results);
      yield await booleans(results);
      yield wholeValues(results);
      yield links(answer, host);
      yield await contactById(client, contact);
    },
  };
}
