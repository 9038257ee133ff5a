import * as schema from 'zod';
import { startSandbox } from '../sandbox/server.ts';
import { readFlags } from '../scripts/flags.ts';
import { createRunner, loadBuiltIntegration, readFailure } from '../zapier/runner.ts';

// The main job, end to end: a form submission becomes a contact, who is tagged and written to.

readFlags({
  command: 'npm run demo',
  does: 'Runs the main job, end to end, on the sandbox.',
  flags: schema.object({}),
});

const sandbox = await startSandbox();
process.env.CHANNEL_API_BASE_URL = sandbox.url;
const connection = { host: 'app.bony.chat', channel_token: sandbox.token, channel_name: 'Demo' };
const runner = createRunner(await loadBuiltIntegration());
const run = (place: string, inputData = {}, meta = {}, authData = connection) =>
  runner(place, { authData, inputData, meta });

const phone = '+60123456789';
const fired = new Set<string>();
let id = '';

/** Polls the trigger as Zapier does: a contact starts the Zap when it is reported for the first time. */
async function poll(meta = {}): Promise<string[]> {
  const inputData = { field_name: 'subscribed', field_values: ['TRUE', 'FALSE'] };
  const contacts = [await run('triggers.new_contact', inputData, meta)].flat();
  const news = contacts
    .map((contact) => String(Object(contact).id))
    .filter((contactId) => !fired.has(contactId));
  for (const contactId of news) {
    fired.add(contactId);
  }
  return news;
}

/** Find or Create Contact, as Zapier runs it: the search, and where it finds nothing the create. */
async function findOrCreate(inputData: object): Promise<unknown> {
  const search = 'find_contact_by_custom_field';
  const [found] = [await run(`searches.${search}`, inputData)].flat();
  return found ?? run('creates.create_contact', inputData, { withSearch: search });
}

const send = (inputData: object) => run('creates.send_message', { contact_id: id, ...inputData });

/** What a step must show for the demo to succeed: part of its result as JSON, or the kind of its failure. */
const story: [asked: string, act: () => Promise<unknown>, expected: () => string][] = [
  ['Connect the channel', () => run('authentication.test'), () => '"app.bony.chat"'],
  [
    'Switch the Zap on: New Contact, subscribed TRUE or FALSE',
    async () => ({ known_from_before: (await poll({ isPopulatingDedupe: true })).length }),
    () => '"known_from_before":',
  ],
  [
    `A form is submitted: find the contact by phone ${phone}, or create it`,
    async () => {
      const contact = await findOrCreate({
        field_name: 'phone',
        field_value: phone,
        firstName: 'Ana',
        custom_fields: { subscribed: 'TRUE' },
      });
      id = String(Object(contact).id);
      return contact;
    },
    () => '"firstName":"Ana"',
  ],
  [
    'The Zap looks for new contacts',
    async () => ({ fires_for: await poll() }),
    () => `{"fires_for":["${id}"]}`,
  ],
  [
    'The form is submitted again: the contact is found',
    () => findOrCreate({ field_name: 'phone', field_value: phone, firstName: 'Ana' }),
    () => id,
  ],
  [
    'Save the plan in a custom field',
    () => run('creates.update_contact', { contact_id: id, custom_fields: { plan: 'Gold' } }),
    () => '"plan":"Gold"',
  ],
  [
    'Tag the contact',
    () => run('creates.add_tags', { contact_id: id, tags: ['Lead', 'Gold'] }),
    () => '["Lead","Gold"]',
  ],
  ['Send a text', () => send({ text: 'Hola Ana 🎉' }), () => 'Message Sent'],
  [
    'Send an image',
    () => send({ message_type: 'image', url: 'https://example.com/welcome.jpg' }),
    () => 'Message Sent',
  ],
  [
    'Send quick replies',
    () => send({ message_type: 'quick_reply', title: 'When may we call?', replies: ['Morning', 'Evening'] }),
    () => 'Message Sent',
  ],
  ['Remove a tag', () => run('creates.remove_tags', { contact_id: id, tags: ['Lead'] }), () => '["Lead"]'],
  [
    'See the contact as it is now',
    async () => [await run('searches.find_contact_by_id', { contact_id: id })].flat()[0],
    () => '"tags":["Gold"]',
  ],
  ['The Zap looks again', async () => ({ fires_for: await poll() }), () => '{"fires_for":[]}'],
  [
    'Connect with a wrong token',
    () => run('authentication.test', {}, {}, { ...connection, channel_token: 'wrong' }),
    () => 'ExpiredAuthError',
  ],
  [
    'Tag a contact that does not exist',
    () => run('creates.add_tags', { contact_id: 'nobody', tags: ['Lead'] }),
    () => 'HaltedError',
  ],
];

/** What came of a step: its result, or the kind of its failure and the sentence that the user reads. */
async function outcome(act: () => Promise<unknown>): Promise<string> {
  try {
    const result = await act();
    return typeof result === 'string' ? result : JSON.stringify(result);
  } catch (error) {
    const { kind, sentence } = readFailure(error);
    return `${kind}: ${sentence}`;
  }
}

const begin = performance.now();
let unexpected = 0;
for (const [asked, act, expected] of story) {
  const before = sandbox.requests.length;
  const start = performance.now();
  const result = await outcome(act);
  const ms = Math.round(performance.now() - start);
  const wire = sandbox.requests
    .slice(before)
    .map(({ method, path }) => `${method} ${path.replace('/api/v1', '')}`);
  const isRight = result.includes(expected());
  unexpected += isRight ? 0 : 1;
  console.log(`${isRight ? '✓' : '✗'} ${asked} | ${wire.join(', ') || 'no request'} | ${result} | ${ms} ms`);
}
await sandbox.close();

const seconds = ((performance.now() - begin) / 1000).toFixed(1);
console.log(
  unexpected === 0
    ? `\nAll ${story.length} steps went as expected: ${sandbox.requests.length} requests in ${seconds} s.`
    : `\n${unexpected} of ${story.length} steps did not go as expected.`,
);
process.exitCode = unexpected === 0 ? 0 : 1;
