import type { Bundle, ZObject } from 'zapier-platform-core';
import * as schema from 'zod/mini';
import { openChannel } from '../api/channel.ts';
import type { TimedPage } from '../api/contact-search.ts';
import { failureOf, toPlatformError } from '../failures/failure.ts';
import { count } from '../failures/wording.ts';
import { parseFieldId, parseWatchedFields, parseWatchedValues } from '../inputs/field-match.ts';
import type { Contact } from '../models/contact.ts';
import { cacheKey } from '../polling/cache.ts';
import { HOUR } from '../polling/durations.ts';
import { PageReader } from '../polling/page-reader.ts';
import { readSample } from '../sample/sample.ts';
import { Findings, type VersionedContact } from './findings.ts';
import { type Memory, memorySchema, readMemory, writeMemory } from './memory.ts';
import { Reading } from './reading.ts';
import { versionOf, watchedText } from './version.ts';

/*
 * Zapier starts the Zap for each pair of `id` and `version` that it has not seen. A version is made from the watched values
 * of a contact, how often they have changed, and the random name of the memory. So if a poll's memory was not written, or its
 * answer was lost, the next one returns the same versions, and a change back has a version of its own.
 */

/** Contacts that one Zap can watch: 50 requests a poll with ten contacts each. */
const CONTACT_LIMIT = 500;
/** Requests when a Zap is switched on, because everything is read twice. */
const SWITCH_ON_REQUESTS = 100;

function refused(code: string, sentence: string): Error {
  const remedy =
    'Watch a value that fewer contacts have, such as a field that a workflow sets to TRUE for a while.';
  return toPlatformError({ kind: 'refused', code, sentence, remedy });
}

interface Work {
  values: string[];
  reader: PageReader;
  before: Memory;
  findings: Findings;
  firstPages: Map<string, TimedPage>; // First pages that were read to compare the totals, and are not read again.
}

/** True if the first page of each list looks as it did less than an hour ago. */
async function isUnchanged({ values, reader, before, findings, firstPages }: Work): Promise<boolean> {
  if (!before.counted) return false;
  for (const [index, value] of values.entries()) {
    const page = await reader.read(value, 1);
    if (!page) return false;
    firstPages.set(value, page);
    const changed = page.contacts.filter((contact) => !findings.find(contact));
    if (page.total !== before.counted.totals[index] || changed.length > 0) return false;
  }
  // A server whose clock was ahead for a while has left a time in the future.
  return Math.abs(reader.now - before.counted.at) < HOUR;
}

/** Reads all lists to their ends. False if the poll's limits stop it. */
async function finish({ reader, findings, firstPages }: Work, reading: Reading): Promise<boolean> {
  const { progress } = reading;
  findings.begin(reading);
  for (let { value } = reading; value !== undefined; value = reading.value) {
    const page = firstPages.get(value) ?? (await reader.read(value, progress.page));
    if (!page) return false;
    firstPages.delete(value);
    reading.take(page);
    for (const contact of page.contacts) findings.find(contact);
    const { foundCount } = findings;
    if (Math.max(foundCount, ...progress.totals.map(Number)) > CONTACT_LIMIT) {
      const contacts = Math.max(foundCount, progress.sum - (progress.entries - foundCount));
      const sentence = `${count(contacts, 'contact')} have one of the watched values. Updated Contact can watch at most ${CONTACT_LIMIT}.`;
      throw refused('too_many_contacts', sentence);
    }
  }
  findings.end(reading, reader.now);
  return true;
}

/** Reads until it is clear who has changed or, when the Zap is switched on, who is there. */
async function readOn(work: Work, isSwitchOn: boolean): Promise<void> {
  const { values, reader, before, findings } = work;
  if (!isSwitchOn && (await isUnchanged(work))) return;
  let reading = new Reading(values, isSwitchOn ? null : before.reading);
  while (await finish(work, reading)) {
    if (!findings.needsReading) return;
    reading = new Reading(values, null);
  }
  findings.cut(reading);
  if (!isSwitchOn || !findings.isLearning) return;
  const sentence = `Only ${count(findings.list(true).length, 'contact')} with a watched value could be read in time, and switching on must read all.`;
  throw reader.refusal ?? refused('too_slow', sentence);
}

/** Returns who changed within about an hour, newest first; at switch-on, all. See docs/updated-contact.md. */
export async function pollUpdatedContacts(z: ZObject, bundle: Bundle): Promise<VersionedContact[]> {
  const { inputData, meta } = bundle;
  const name = parseFieldId('Field', inputData.field_name);
  const values = parseWatchedValues('Field Values', inputData.field_values);
  const watched = parseWatchedFields('Watched Fields', inputData.watched_fields);
  const channel = openChannel(z, bundle);
  const readPage = (value: string, page: number) => channel.listContacts({ name, value }, page);
  const watch = (contact: Contact) => watchedText(contact, name, watched);
  const isSwitchOn = meta?.isPopulatingDedupe === true;
  if (meta?.isLoadingSample && !isSwitchOn) {
    const sample = await readSample(readPage, values);
    return sample.map((contact) => ({ ...contact, version: versionOf(watch(contact), '', 0) }));
  }
  const key = cacheKey('updated_contact:1', bundle, [name, values, watched]);
  const { memory, isSafe } = await readMemory(z, key);
  // Zapier tells the purpose and the Zap of every poll. A program that tells neither wants to see the contacts.
  const isByHand = !memory && meta?.zap?.id === undefined && meta?.isPopulatingDedupe === undefined;
  const nothing = isByHand ? { name: '', learning: null } : { name: crypto.randomUUID(), learning: 0 };
  const before = memory ?? schema.parse(memorySchema, nothing);
  const reader = new PageReader(readPage, isSwitchOn ? SWITCH_ON_REQUESTS : undefined);
  // Zaps without an ID share a memory. If one spared a reading, it could miss a change that only another has returned.
  const maySpare = watched.length === 0 && meta?.zap?.id !== undefined;
  const findings = new Findings(before, watch, maySpare, isSwitchOn);
  const work = { values, reader, before, findings, firstPages: new Map() };
  await readOn(work, isSwitchOn).catch(async (error) => {
    // The next poll starts again, because the counted contacts may have lost the value by then.
    const isTooMany = failureOf(error)?.code === 'too_many_contacts';
    if (isTooMany && memory) await writeMemory(z, key, { ...memory, counted: null, reading: null }, memory);
    throw error;
  });
  const contacts = findings.list(isSwitchOn);
  const after = findings.remember(reader.now);
  const isKept = isSafe && JSON.stringify(after) === JSON.stringify(memory);
  if (!isKept && !isByHand) await writeMemory(z, key, after, memory);
  return contacts.sort((a, b) => b.created_at.localeCompare(a.created_at));
}
