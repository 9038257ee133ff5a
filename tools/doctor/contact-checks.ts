import * as schema from 'zod/mini';
import {
  type Contact,
  type ContactPage,
  contactPageSchema,
  contactSchema,
} from '../../src/models/contact.ts';
import type { Answer, Client } from './client.ts';
import { askSupport, CannotAsk, type CheckGroup, type Finding, judge } from './finding.ts';

export const searchPath = '/contact/by_custom_field';
const unknownId = 'zapier-doctor-nobody';
export const contactAnswer = schema.object({ data: contactSchema });

/** Describes an answer: `status 403, "There is no such contact."` */
export function described({ status, message, data }: Answer): string {
  return `status ${status}${message ? `, "${message}"` : data === undefined ? ', no JSON' : ''}`;
}

/** Returns the contacts in an answer; undefined if it is not a page of contacts. */
export function pageOf({ status, data }: Answer): ContactPage | undefined {
  return status === 200 ? contactPageSchema.safeParse(data).data : undefined;
}

/** Returns what the owner should do if the request that connects a channel is refused. */
function afterRefusal({ status }: Answer): string {
  if (status === 401)
    return 'Copy the token of the channel again and put it into .env as authData_channel_token.';
  if (status === 429)
    return 'Other programs use up what the channel allows. Run the doctor when they are idle.';
  if (status >= 500) return 'The platform has a problem. Run the doctor again in a few minutes.';
  return 'Check authData_host in .env: the server there is not the API of the platform.';
}

/** True if the answer is not from the API: a redirect, a web page, or a 404, which the API never answers to a search. */
function isElsewhere({ status, data }: Answer): boolean {
  if (status === 401 || status === 429 || status >= 500) return false;
  return status === 404 || (status >= 300 && status < 400) || data === undefined;
}

const askBrand =
  'Check authData_host in .env. If that is where you log in, ask the brand whether its Contacts and Messages API (v1) is still on for your account, until when, and at which address. Some brands have a newer API, which this integration does not use.';

const tokenQuestion = 'Is the token accepted?';

/** Makes the request that connecting a channel makes. If it is refused, all the others would be too. */
async function* connectionTest(client: Client): AsyncGenerator<Finding> {
  const answer = await client.send(searchPath, { name: 'firstName', value: 'Zapier' });
  const isGood = pageOf(answer) !== undefined;
  const isGone = isElsewhere(answer) && isElsewhere(await client.send(client.contactPath(unknownId)));
  const next = isGone ? askBrand : afterRefusal(answer);
  yield judge(isGood, {
    question: tokenQuestion,
    expected: 'status 200 with a page of contacts',
    found: described(answer),
    good: 'The channel can be connected.',
    bad: isGone
      ? 'The API is not there, so no step can work, whatever the token is.'
      : 'The channel cannot be connected.',
    next,
  });
  const because = isGone ? 'the API is not there: every call' : 'the connection test';
  if (!isGood) throw new CannotAsk(`${because} got ${described(answer)}`, next);
}

const unknownQuestion = 'How is an unknown contact answered?';

async function unknownContact(client: Client): Promise<Finding> {
  const answer = await client.send(client.contactPath(unknownId));
  return judge(answer.status === 404 || /no such contact/i.test(answer.message), {
    question: unknownQuestion,
    expected: '403 with "no such contact", or 404',
    found: described(answer),
    good: 'Find Contact by ID finds nothing, as it should, and the Zap goes on.',
    bad: 'Find Contact by ID fails instead of finding nothing, which stops Zaps.',
    next: `Use Find Contact by Field until this is cleared up. ${askSupport}`,
  });
}

const slashQuestion = 'Is a slash at the end of a path understood?';

/** Checks that a path may end with a slash, because contacts are created by posting to such a path. */
async function trailingSlash(client: Client): Promise<Finding> {
  const answer = await client.send('/contact/');
  return judge(answer.status < 300 || answer.status >= 400, {
    question: slashQuestion,
    expected: 'no redirect',
    found: described(answer),
    good: 'Create Contact reaches the API.',
    bad: 'Create Contact would be redirected, which is refused to keep the token safe.',
    next: `Check that authData_host is the address to which the platform's own pages lead. ${askSupport}`,
  });
}

/** Returns the checks that every channel allows, even an empty one. */
export function contactChecks(client: Client): CheckGroup {
  return {
    questions: [tokenQuestion, unknownQuestion, slashQuestion],
    async *check() {
      yield* connectionTest(client);
      yield await unknownContact(client);
      yield await trailingSlash(client);
    },
  };
}

export const byIdQuestion = 'Is a found contact found by its ID?';

/** Checks that a contact found by a search is also found by its ID, written as the channel type requires. */
export async function contactById(client: Client, { id }: Contact): Promise<Finding> {
  const answer = await client.send(client.contactPath(id));
  const isGood = contactAnswer.safeParse(answer.data).data?.data.id === id;
  return judge(isGood, {
    question: byIdQuestion,
    expected: 'the same contact',
    found: isGood ? 'the same contact' : described(answer),
    good: 'Steps can use the IDs that searches return.',
    bad: 'Steps fail for every ID that a search returns.',
    next: 'Check the Channel Type of the connection (authData_channel_type in .env): Viber or other.',
  });
}
