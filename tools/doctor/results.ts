import type { Contact, ContactPage } from '../../src/models/contact.ts';
import { type Finding, judge } from './finding.ts';
import { type Patient, pageOf, search } from './reading.ts';

const isYesNo = (value: string) => /^(?:true|false)$/i.test(value);

/** Which way a list of contacts runs. */
function direction(contacts: Contact[]): string {
  const times = contacts.map(({ created_at }) => created_at);
  const isSorted = (sign: 1 | -1) =>
    times.every((time, n) => n === 0 || sign * time.localeCompare(times[n - 1] ?? time) >= 0);
  if (new Set(times).size < 2) return 'too few contacts to tell';
  return isSorted(-1) ? 'newest first' : isSorted(1) ? 'oldest first' : 'no order by time';
}

/** The order of results, over the first page and the last. */
export async function order(
  { probe }: Patient,
  query: Record<string, string>,
  first: ContactPage,
): Promise<Finding> {
  const { lastPage = 1 } = first;
  const last =
    lastPage > 1 ? pageOf(await probe.ask(search, { ...query, page: String(lastPage) })) : undefined;
  const found = direction([...first.contacts, ...(last?.contacts ?? [])]);
  return {
    question: 'In which order do results come?',
    expected: 'newest first or oldest first',
    found,
    means:
      {
        'newest first': 'New Contact sees new contacts with one request a poll.',
        'oldest first': 'New Contact sees new contacts on the last page, with a request or two a poll.',
        'no order by time': 'New Contact reads the whole list in turns: on large channels it fires late.',
      }[found] ?? 'Nothing yet: run the doctor again with a value that more contacts have.',
    verdict: found.endsWith('first') ? 'good' : found.startsWith('no') ? 'note' : 'open',
  };
}

/** What a page past the last is answered with. */
export async function pastTheEnd(
  { probe }: Patient,
  query: Record<string, string>,
  first: ContactPage,
): Promise<Finding> {
  const page = String((first.lastPage ?? 1000) + 1);
  const answer = await probe.ask(search, { ...query, page });
  const contacts = pageOf(answer)?.contacts;
  const isGood = contacts?.length === 0;
  return judge(isGood, {
    question: 'What is a page past the end answered with?',
    expected: 'status 200 without contacts',
    found: contacts ? `status 200 with ${contacts.length} contacts` : `status ${answer.status}`,
    good: 'Lists end where they end.',
    bad: 'New Contact fails or reads contacts twice when contacts are deleted while it reads.',
  });
}

/** Whether the size of a page can be asked for. */
export async function pageSize(
  { probe }: Patient,
  query: Record<string, string>,
  first: ContactPage,
): Promise<Finding> {
  const { length } = first.contacts;
  const asked = length > 1 ? 1 : 2;
  const contacts = pageOf(await probe.ask(search, { ...query, per_page: String(asked) }))?.contacts;
  const isHeeded = length > 1 && contacts?.length === 1;
  return {
    question: 'Is per_page heeded?',
    expected: 'no (nothing documents it)',
    found: !contacts
      ? 'it is refused'
      : length < 2
        ? 'too few contacts to tell'
        : isHeeded
          ? 'yes'
          : `no, pages of ${length} stay`,
    means: 'Nothing: it is not used. Where it is heeded, New Contact could do with fewer requests.',
    verdict: contacts && length < 2 ? 'open' : isHeeded ? 'note' : 'good',
  };
}

/** Which spelling of yes and no finds contacts. */
export async function booleans({ probe }: Patient, { name = '', value = '' }): Promise<Finding> {
  const question = 'Which case of yes and no matches?';
  const expected = 'TRUE and FALSE';
  if (!isYesNo(value)) {
    const found = `not asked: "${name}" was not searched for TRUE or FALSE`;
    return {
      question,
      expected,
      found,
      means: 'Nothing yet: try --value TRUE on a yes/no field.',
      verdict: 'open',
    };
  }
  const spellings = [
    value.toUpperCase(),
    value.toLowerCase(),
    value[0]?.toUpperCase() + value.slice(1).toLowerCase(),
  ];
  const counts: number[] = [];
  for (const spelling of spellings) {
    const page = pageOf(await probe.ask(search, { name, value: spelling }));
    counts.push(page?.total ?? page?.contacts.length ?? 0);
  }
  const matching = spellings.filter((_, n) => (counts[n] ?? 0) > 0);
  const isGood = (counts[0] ?? 0) > 0;
  return {
    question,
    expected,
    found: spellings.map((spelling, n) => `${spelling}: ${counts[n]} contacts`).join(', '),
    means: isGood
      ? 'TRUE and FALSE, as the forms say, find contacts.'
      : `TRUE and FALSE, as the forms say, find nothing: write ${matching.join(' or ') || 'another value'}.`,
    verdict: isGood ? 'good' : 'bad',
  };
}

/** Whether a search finds only contacts that have the whole value. */
export function wholeValues({ name = '', value = '' }, { contacts }: ContactPage): Finding {
  const same = (held: unknown) =>
    isYesNo(value) ? String(held).toLowerCase() === value.toLowerCase() : String(held) === value;
  const held = contacts.flatMap(({ custom_fields }) => Object.entries(custom_fields));
  const others = held.filter(([field, held]) => field === name && !same(held));
  return {
    question: 'Do found contacts have the whole value?',
    expected: 'all of them',
    found:
      others.length === 0
        ? `all ${contacts.length} on the first page`
        : `${others.length} of ${contacts.length} have another`,
    means:
      others.length === 0
        ? 'Steps that find or create take no contact for another.'
        : 'Steps that find, update or message a contact can meet the wrong person: look for values that are unique.',
    verdict: contacts.length === 0 ? 'open' : others.length === 0 ? 'good' : 'bad',
  };
}
