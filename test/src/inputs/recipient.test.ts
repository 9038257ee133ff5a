import { beforeEach, describe, expect, it } from '@jest/globals';
import App from '../../../index.ts';
import type { Fault } from '../../../tools/sandbox/faults.ts';
import { readFailure } from '../../../tools/zapier/runner.ts';
import { useChannel } from '../../support/channel.ts';
import { skipWaits } from '../../support/waits.ts';

// To whom Send Message and Send WhatsApp Template write with Create Contact If Missing, against the sandbox.
const channel = useChannel({ contacts: 0 }, 'index.ts');
const phone = '+52 33 1234 5000';
const international = '+523312345000';
const whatsapp = { channel_type: 'whatsapp' };

const template = { template_name: 'welcome', template_language: 'es', template_text: 'Hola' };
const components = [{ type: 'body', text: 'Hola' }];
const steps = [
  ['send_message', { text: 'Hola' }, { type: 'text', text: 'Hola' }],
  [
    'send_template',
    template,
    { type: 'whatsapp_template', template: { name: 'welcome', languageCode: 'es', components } },
  ],
] as const;

/** True until a test runs a step: that run clears the marks that earlier tests left, so that tests do not affect each other. */
let forgets: boolean;
beforeEach(() => {
  forgets = true;
});
const send = (key: string, inputs: object, authData: Record<string, string> = whatsapp) => {
  const run = { authData, forgets };
  forgets = false;
  return channel.run(`creates.${key}`, { contact_id: phone, create_if_missing: true, ...inputs }, run);
};
const fails = (...of: Parameters<typeof send>) => send(...of).then(() => undefined, readFailure);
const messages = () => channel.requests().filter((line) => line.includes('/message/'));
const lines = () => channel.requests().map((line) => decodeURIComponent(line.replace('/api/v1', '')));

/** Lets the channel answer `after` requests as usual and the next ones with these faults. */
const answers = (after: number, ...faults: Fault[]) => {
  if (after > 0) channel.sandbox.failNext(after, { delayMs: 0 });
  for (const fault of faults) channel.sandbox.failNext(1, fault);
};
const unknown = { status: 403, body: '{"status":"error","message":"There is no such contact."}' };

describe.each(steps)('Create Contact If Missing in %s', (key, inputs, message) => {
  const body = JSON.stringify({ body: [message] });

  it.each([
    ['by its ID', { id: '5213312345000', custom_fields: { firstName: 'Ana' } }, 1],
    ['by its field alone', { id: 'cus_7', custom_fields: { phone: international } }, 4],
  ])('writes to a contact that is known %s, and creates nobody', async (_how, contact, lookups) => {
    channel.sandbox.store.add(contact);
    expect(await send(key, inputs)).toMatchObject({ id: contact.id, status: 'success', created: false });
    expect(lines()).toHaveLength(lookups + 1);
    const sent = `POST /message/sendContent/${contact.id} ${body}`;
    expect(lines().filter((line) => !line.startsWith('GET '))).toEqual([sent]);
  });

  it('creates a contact that nobody is, after at most eight look-ups, and writes to it once', async () => {
    const sent = await send(key, inputs);
    const [contact] = channel.sandbox.store.list();
    expect(sent).toMatchObject({ id: contact?.id, status: 'success', created: true });
    expect(contact?.custom_fields).toEqual({ phone: international });
    const fields = JSON.stringify({ custom_fields: [{ name: 'phone', value: international }] });
    expect(lines().slice(0, 8)).toEqual(Array(8).fill(expect.stringMatching(/^GET /)));
    expect(lines().slice(8)).toEqual([
      `POST /contact/ ${fields}`,
      `POST /message/sendContent/${contact?.id} ${body}`,
    ]);
    const again = await send(key, { ...inputs, contact_id: '00 52 1 33-1234-5000' });
    expect(again).toMatchObject({ id: contact?.id, created: false });
  });

  it.each([
    ['other', phone, 'The Create Contact If Missing field works on WhatsApp channels only.'],
    ['whatsapp', '33 1234 5000', 'The Contact ID field contains "33 1234 5000"'],
    ['whatsapp', 'cus_7', 'The Contact ID field contains "cus_7"'],
    ['whatsapp', '5.23312E+11', 'The Contact ID field '],
  ])('asks nothing on a channel of type %s for %s', async (channel_type, contact_id, sentence) => {
    expect(await fails(key, { ...inputs, contact_id }, { channel_type })).toMatchObject({
      kind: 'HaltedError',
      sentence: expect.stringContaining(sentence),
    });
    expect(channel.requests()).toEqual([]);
  });

  it('is off unless the user chooses it', async () => {
    expect((await fails(key, { ...inputs, create_if_missing: undefined }))?.kind).toBe('HaltedError');
    expect(messages()).toHaveLength(channel.requests().length);
  });

  it('says after a refused message that the contact was created, and finds it the next time', async () => {
    answers(9, { status: 403, body: '{"status":"error","message":"Template paused"}' });
    expect(await fails(key, inputs)).toMatchObject({
      kind: 'AppError',
      sentence: expect.stringMatching(/^The contact was created .*"Template paused"\. .* is safe, because/),
    });
    expect(await send(key, inputs)).toMatchObject({ created: false });
    expect(messages()).toHaveLength(2);
  });

  it('creates the contact anew if it has been deleted since, after one run that says so', async () => {
    answers(9, { status: 403 });
    await fails(key, inputs);
    for (const { id } of channel.sandbox.store.list()) channel.sandbox.store.delete(id);
    expect((await fails(key, inputs))?.sentence).toContain('has no contact with the ID');
    expect(await send(key, inputs)).toMatchObject({ created: true });
  });

  it('does not repeat a message that may have been sent to a contact that it created', async () => {
    answers(9, { status: 500 });
    expect((await fails(key, inputs))?.sentence).toMatch(
      /^The contact was created .* The message may have been sent anyway: check the conversation before you run this step again\.$/,
    );
    expect((await fails(key, inputs))?.sentence).toMatch(/^This message may already have been sent at /);
    for (const { id } of channel.sandbox.store.list()) channel.sandbox.store.delete(id);
    expect(await fails(key, inputs)).toMatchObject({
      kind: 'HaltedError',
      sentence: expect.stringMatching(
        /^The contact was created .* This message may already have .* Check the conversation\. To send it anyway, /,
      ),
    });
    expect(messages()).toHaveLength(1);
  });

  it.each([
    [2, undefined],
    [3, expect.stringMatching(/^The contact was created .* has no contact with .* again is safe, because/)],
  ])(
    'writes again after 1 and 3 seconds if the new contact is unknown, %i times',
    async (times, sentence) => {
      const waits = skipWaits(1, 3);
      answers(9, ...Array(times).fill(unknown));
      expect((await fails(key, inputs))?.sentence).toEqual(sentence);
      expect(waits).toEqual([1, 3]);
      expect(messages()).toEqual(Array(3).fill(messages()[0]));
      expect(await send(key, inputs)).toMatchObject({ created: false });
    },
  );
});

it('what else follows a creation is as patient: tags, more fields, the contact that is read back', async () => {
  const waits = skipWaits(1, 3);
  const contact = { match_field: 'email', match_value: 'ana@example.com', tags: ['VIP'] };
  answers(2, unknown);
  await channel.run('creates.create_or_update_contact', contact);
  const custom_fields = Object.fromEntries(Array.from({ length: 31 }, (_, n) => [`field_${n}`, n]));
  answers(1, unknown);
  await channel.run('creates.create_contact', { custom_fields });
  answers(1, unknown, unknown);
  const searched = { field_name: 'email', field_value: 'eva@example.com' };
  await channel.run('creates.create_contact', searched, {
    meta: { withSearch: 'find_contact_by_custom_field' },
  });
  expect(waits).toEqual([1, 1, 1, 3]);
});

it.each(['send_message', 'add_tags'])('an ID that is wrong costs %s no wait', async (key) => {
  const waits = skipWaits(1, 3);
  await fails(key, { contact_id: 'nobody', create_if_missing: false, text: 'Hi', tags: ['VIP'] });
  expect(waits).toEqual([]);
  expect(channel.requests()).toHaveLength(1);
});

it('two runs for one spelling of a phone wait for each other, whichever step could create its contact', () => {
  // The lock of Create or Update Contact is `{{match_field}}={{match_value}}` (see its test). These steps share it for phones.
  const lock = { key: 'phone={{bundle.inputData.contact_id}}', scope: ['auth'] };
  for (const [key] of steps) expect(Object(App.creates)[key].operation.lock).toEqual(lock);
});
