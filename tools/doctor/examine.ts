import { openConnection } from '../../src/connection/connection.ts';
import type { Finding } from './finding.ts';
import { clock, latency, links, rateLimits } from './manners.ts';
import { CannotAsk, Probe } from './probe.ts';
import {
  connectionTest,
  contactById,
  type Patient,
  pageOf,
  search,
  trailingSlash,
  unknownContact,
} from './reading.ts';
import { booleans, order, pageSize, pastTheEnd, wholeValues } from './results.ts';
import { write } from './writing.ts';

/** What the owner tells the doctor. */
export interface Examination {
  /** The connection's fields, as the integration has them. */
  authData: Record<string, string>;
  /** A field, by its ID, and a value that some contacts have in it. */
  field?: string | undefined;
  value?: string | undefined;
  /** Names the contact that is created; without it nothing is written. */
  writeAs?: string | undefined;
  /** How to wait; for tests. */
  wait?: (milliseconds: number) => Promise<unknown>;
}

/** The findings about results of a search, for which a value is needed that some contacts have. */
async function examineResults(patient: Patient, query: Record<string, string>): Promise<Finding[]> {
  const answer = await patient.probe.ask(search, query);
  const first = pageOf(answer);
  if (!first)
    throw new CannotAsk(`The search for ${query.name} = ${query.value} got status ${answer.status}.`);
  const { host } = openConnection(patient.authData);
  return [
    await order(patient, query, first),
    await pastTheEnd(patient, query, first),
    await pageSize(patient, query, first),
    await booleans(patient, query),
    wholeValues(query, first),
    links(answer, host),
    await contactById(patient, first),
  ];
}

/** Asks everything there is to ask, in at most 30 requests. Throws an explained error where the connection cannot work. */
export async function examine({ authData, field, value, writeAs, wait }: Examination): Promise<Finding[]> {
  const probe = new Probe(openConnection(authData), wait);
  const patient = { probe, authData };
  const findings: Finding[] = [];
  try {
    findings.push(await connectionTest(patient), await unknownContact(patient), await trailingSlash(patient));
    if (field && value) findings.push(...(await examineResults(patient, { name: field, value })));
    if (writeAs) findings.push(...(await write(patient, writeAs)));
  } catch (error) {
    if (!(error instanceof CannotAsk)) throw error;
    findings.push({
      question: 'Can everything be asked?',
      expected: 'an answer to each request',
      found: error.message,
      means: 'What works with this API cannot be told. Run the doctor again.',
      verdict: 'bad',
    });
  }
  const { answers } = probe;
  return answers.length === 0
    ? findings
    : [...findings, rateLimits(answers), latency(answers), clock(answers)];
}
