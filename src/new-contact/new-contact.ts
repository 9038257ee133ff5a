import type { Bundle, ZObject } from 'zapier-platform-core';
import { openChannel } from '../api/channel.ts';
import { badInput } from '../failures/failure.ts';
import { parseFieldId, parseFieldValues } from '../inputs/field-match.ts';
import type { Contact } from '../models/contact.ts';
import { fingerprint, recall, remember } from './memory.ts';
import { cold, live, type Outcome, present, type Source, sample, switchOn } from './poll.ts';

/** Each value takes its share of a poll's requests. */
const MOST_VALUES = 10;

const DAY = 86_400;

/** Names what is remembered: by connection, Zap, field and values, so that nothing else can disturb it. */
function keyOf({ authData, meta }: Bundle, name: string, values: string[]): string {
  const zap = meta?.zap?.id;
  const watched = [authData.host, authData.custom_host, authData.channel_token, zap, name, values];
  return `new_contact:1:${zap === undefined ? 'shared' : 'zap'}:${fingerprint(JSON.stringify(watched), 22)}`;
}

async function poll(
  z: ZObject,
  bundle: Bundle,
  source: Source,
  key: string,
  values: string[],
): Promise<Contact[]> {
  const unnamed = bundle.meta?.zap?.id === undefined;
  const recalled = await recall(z, key);
  const { state } = recalled;
  // Zapier says of every poll what it is for, and whose. A program that says neither wants to see what is there.
  if (!state && unnamed && bundle.meta?.isPopulatingDedupe === undefined) {
    return present(source, values);
  }
  let outcome: Outcome;
  if (bundle.meta?.isPopulatingDedupe) {
    const used = state?.lists.some(({ reread }) => reread > source.clock() / 1000 - DAY);
    outcome = await switchOn(source, values, unnamed && used ? state : undefined);
  } else {
    outcome = await (state ? live(source, values, state) : cold(source, values, unnamed));
    // What could not be read may still be there, and is worth more than what this poll could find out.
    if (recalled.failed) return outcome.contacts;
  }
  await remember(z, key, outcome.state);
  return outcome.contacts;
}

/**
 * One poll of New Contact: the contacts to report, newest first, each once however often it is read.
 * Contacts created since the Zap was switched on are returned, older ones are not; see docs/new-contact.md.
 */
export async function pollNewContacts(z: ZObject, bundle: Bundle): Promise<Contact[]> {
  const name = parseFieldId('Field ID', bundle.inputData.field_name);
  const values = parseFieldValues('Field Values', bundle.inputData.field_values).sort();
  if (values.length > MOST_VALUES) {
    throw badInput(
      `The Field Values field has ${values.length} values. Watch at most ${MOST_VALUES} in one Zap.`,
    );
  }
  const channel = openChannel(z, bundle);
  const source: Source = {
    readPage: (value, page) => channel.listContacts({ name, value }, page),
    clock: Date.now,
  };
  if (bundle.meta?.isLoadingSample && !bundle.meta.isPopulatingDedupe) return sample(source, values);
  return poll(z, bundle, source, keyOf(bundle, name, values), values);
}
