import * as schema from 'zod/mini';

import {
  type ContactPage,
  contactIdSegment,
  contactPageSchema,
  contactSchema,
} from '../../src/models/contact.ts';
import { type Finding, judge } from './finding.ts';
import { type Answer, CannotAsk, type Probe } from './probe.ts';

/** What the doctor looks at. */
export interface Patient {
  probe: Probe;
  authData: Record<string, string>;
}

export const search = '/contact/by_custom_field';
const nobody = 'zapier-doctor-nobody';
export const contactAnswer = schema.object({ data: contactSchema });

const described = ({ status, words, data }: Answer) =>
  `status ${status}${words ? `, "${words}"` : data === undefined ? ', no JSON' : ''}`;

/** The contacts of an answer; undefined where it is no page of contacts. */
export function pageOf({ status, data }: Answer): ContactPage | undefined {
  return status === 200 ? contactPageSchema.safeParse(data).data : undefined;
}

/** The request that connecting a channel makes. */
export async function connectionTest({ probe }: Patient): Promise<Finding> {
  const answer = await probe.ask(search, { name: 'firstName', value: 'Zapier' });
  const isGood = pageOf(answer) !== undefined;
  if (!isGood) {
    throw new CannotAsk(`The connection test got ${described(answer)}: check the host and the token.`);
  }
  return {
    question: 'Is the token accepted?',
    expected: 'status 200 with a page of contacts',
    found: 'it is',
    means: 'The channel can be connected.',
    verdict: 'good',
  };
}

/** What an ID that no contact has is answered with. */
export async function unknownContact({ probe, authData }: Patient): Promise<Finding> {
  const answer = await probe.ask(`/contact/${contactIdSegment(nobody, authData.channel_type === 'viber')}`);
  const isGood = answer.status === 404 || /no such contact/i.test(answer.words);
  return judge(isGood, {
    question: 'What is an unknown contact answered with?',
    expected: '403 with "no such contact", or 404',
    found: described(answer),
    good: 'Find Contact by ID finds nothing, as it should, and the Zap goes on.',
    bad: 'Find Contact by ID fails instead of finding nothing, which stops Zaps.',
  });
}

/** Creating a contact posts to a path with a slash at its end. */
export async function trailingSlash({ probe }: Patient): Promise<Finding> {
  const answer = await probe.ask('/contact/');
  const isMoved = answer.status >= 300 && answer.status < 400;
  return judge(!isMoved, {
    question: 'Is a slash at the end of a path understood?',
    expected: 'no redirect',
    found: described(answer),
    good: 'Create Contact reaches the API.',
    bad: 'Create Contact would be redirected, which is refused to keep the token safe.',
  });
}

/** Whether a contact that a search finds is found by its ID too, in the form that the channel type says. */
export async function contactById({ probe, authData }: Patient, { contacts }: ContactPage): Promise<Finding> {
  const [contact] = contacts;
  const question = 'Is a found contact found by its ID?';
  const expected = 'the same contact';
  if (!contact) {
    return { question, expected, found: 'no contact to try', means: 'Nothing yet.', verdict: 'open' };
  }
  const answer = await probe.ask(
    `/contact/${contactIdSegment(contact.id, authData.channel_type === 'viber')}`,
  );
  const isGood = contactAnswer.safeParse(answer.data).data?.data.id === contact.id;
  return judge(isGood, {
    question,
    expected,
    found: isGood ? 'it is' : described(answer),
    good: 'Steps can use the IDs that searches give.',
    bad: 'Steps fail for every ID that a search gives: check the Channel Type of the connection (Viber or other).',
  });
}
