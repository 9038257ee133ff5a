import * as schema from 'zod';
import { startSandbox } from '../sandbox/server.ts';
import { readFlags } from '../scripts/flags.ts';
import { createRunner, loadBuiltIntegration, type Runner, readFailure } from '../zapier/runner.ts';
import { SimulatedZap, searchOrCreate } from '../zapier/simulated-zap.ts';

// The main job, end to end: a form submission becomes a contact, who is tagged and written to.

readFlags({
  command: 'npm run demo',
  does: 'Runs the main job, end to end, on the sandbox.',
  flags: schema.object({}),
});

const sandbox = await startSandbox();
process.env.CHANNEL_API_BASE_URL = sandbox.url;
const authData = { host: 'app.bony.chat', channel_token: sandbox.token, channel_name: 'Demo' };
const runner = createRunner(await loadBuiltIntegration());
const run: Runner = (place, given) => runner(place, { authData, ...given });

const watched = { field_name: 'subscribed', field_values: ['TRUE', 'FALSE'] };
const zap = new SimulatedZap(run, 'triggers.new_contact', watched);
const phone = '+60123456789';
let id = '';

/** Find or Create Contact by the phone; gives the contact. */
async function findOrCreate(fields: object): Promise<unknown> {
  const inputData = { field_name: 'phone', field_value: phone, ...fields };
  const search = 'searches.find_contact_by_custom_field';
  return [await searchOrCreate(run, search, 'creates.create_contact', inputData)].flat()[0];
}

async function poll(): Promise<object> {
  const { fired } = await zap.poll();
  return { fires_for: fired.map((contact) => contact.id) };
}

/** Runs an action on the contact. */
const act = (key: string, inputData: object) =>
  run(`creates.${key}`, { inputData: { contact_id: id, ...inputData } });

/** What a step must show for the demo to succeed: part of its result as JSON, or the kind of its failure. */
const story: [asked: string, step: () => Promise<unknown>, expected: () => string][] = [
  ['Connect the channel', () => run('authentication.test'), () => '"app.bony.chat"'],
  [
    'Switch the Zap on: New Contact, subscribed TRUE or FALSE',
    async () => ({ known_from_before: (await zap.switchOn()).returned.length }),
    () => '"known_from_before":',
  ],
  [
    `A form is submitted: find the contact by phone ${phone}, or create it`,
    async () => {
      const contact = await findOrCreate({ firstName: 'Ana', custom_fields: { subscribed: 'TRUE' } });
      id = String(Object(contact).id);
      return contact;
    },
    () => '"firstName":"Ana"',
  ],
  ['The Zap polls for new contacts', poll, () => `{"fires_for":["${id}"]}`],
  ['The form is submitted again: the contact is found', () => findOrCreate({ firstName: 'Ana' }), () => id],
  [
    'Save the plan in a custom field',
    () => act('update_contact', { custom_fields: { plan: 'Gold' } }),
    () => '"plan":"Gold"',
  ],
  ['Tag the contact', () => act('add_tags', { tags: ['Lead', 'Gold'] }), () => '["Lead","Gold"]'],
  ['Send a text', () => act('send_message', { text: 'Hola Ana 🎉' }), () => 'Message Sent'],
  [
    'Send an image',
    () => act('send_message', { message_type: 'image', url: 'https://example.com/welcome.jpg' }),
    () => 'Message Sent',
  ],
  [
    'Send quick replies',
    () =>
      act('send_message', {
        message_type: 'quick_reply',
        title: 'When may we call?',
        replies: ['Morning', 'Evening'],
      }),
    () => 'Message Sent',
  ],
  ['Remove a tag', () => act('remove_tags', { tags: ['Lead'] }), () => '["Lead"]'],
  [
    'See the contact as it is now',
    async () => [await run('searches.find_contact_by_id', { inputData: { contact_id: id } })].flat()[0],
    () => '"tags":["Gold"]',
  ],
  ['The Zap polls again', poll, () => '{"fires_for":[]}'],
  [
    'Connect with a wrong token',
    () => run('authentication.test', { authData: { ...authData, channel_token: 'wrong' } }),
    () => 'ExpiredAuthError',
  ],
  [
    'Tag a contact that does not exist',
    () => act('add_tags', { contact_id: 'nobody', tags: ['Lead'] }),
    () => 'HaltedError',
  ],
];

/** What came of a step: its result, or the kind of its failure and the sentence that the user reads. */
async function outcome(step: () => Promise<unknown>): Promise<string> {
  try {
    const result = await step();
    return typeof result === 'string' ? result : JSON.stringify(result);
  } catch (error) {
    const { kind, sentence } = readFailure(error);
    return `${kind}: ${sentence}`;
  }
}

const begin = performance.now();
let unexpected = 0;
for (const [asked, step, expected] of story) {
  const before = sandbox.requests.length;
  const start = performance.now();
  const result = await outcome(step);
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
