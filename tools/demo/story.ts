import * as schema from 'zod';
import type { Sandbox } from '../sandbox/server.ts';
import type { Runner } from '../zapier/runner.ts';
import { SimulatedZap, searchOrCreate } from '../zapier/simulated-zap.ts';
import { refusal, type Telling } from './telling.ts';

// The main job, end to end: a form submission becomes a contact, who is tagged and gets a message. Then contacts change in
// the sandbox, and the triggers start their Zaps.

const contactSchema = schema.object({
  id: schema.string(),
  tags: schema.array(schema.string()).default([]),
  custom_fields: schema.record(schema.string(), schema.unknown()).default({}),
});
const sentSchema = schema.object({ message: schema.literal('Message Sent') });

const submittedPhone = '+1 202 555 0143';
const samePhoneAgain = '(202) 555-0143';

/** The parts of the integration as a Zap of this connection runs them. The connection's country is the United States. */
function connect(sandbox: Sandbox, runner: Runner) {
  const authData = {
    host: 'app.bony.chat',
    channel_token: sandbox.token,
    channel_name: 'Demo',
    country: 'US',
  };
  const run: Runner = (place, given) => runner(place, { authData, ...given });
  return {
    run,
    testConnection: (changes = {}) =>
      runner('authentication.test', { authData: { ...authData, ...changes } }),
    act: (key: string, inputData: Record<string, unknown>) => run(`creates.${key}`, { inputData }),
    /** Only WhatsApp has templates. */
    sendTemplate: (inputData: Record<string, unknown>) =>
      runner('creates.send_template', {
        authData: { ...authData, channel_type: 'whatsapp' },
        inputData,
      }),
    /** Find or Create Contact by Phone, as the form's Zap runs it. */
    findOrCreate: async (phone: string) => {
      const inputData = { phone, firstName: 'Ana', custom_fields: { subscribed: 'TRUE' } };
      const found = await searchOrCreate(
        run,
        'searches.find_contact_by_phone',
        'creates.create_contact',
        inputData,
      );
      return [found].flat()[0];
    },
  };
}
type Connected = ReturnType<typeof connect>;

async function tellConnect(telling: Telling, { testConnection }: Connected): Promise<void> {
  telling.chapter('Connect the channel');
  await telling.step(
    'Connect with a wrong channel token',
    () => testConnection({ channel_token: 'wrong' }),
    refusal('ExpiredAuthError'),
    ({ sentence }) => sentence,
  );
  await telling.step(
    'Connect with the right one',
    testConnection,
    schema.object({ host: schema.literal('app.bony.chat') }),
    ({ host }) => `Connected to ${host}.`,
  );
}

/** Switches a Zap on and returns it. */
async function tellSwitchOn(telling: Telling, { run }: Connected): Promise<SimulatedZap> {
  const zap = new SimulatedZap(run, 'triggers.new_contact', {
    field_name: 'subscribed',
    field_values: ['TRUE', 'FALSE'],
  });
  await telling.step(
    'Switch on a Zap that starts with New Contact',
    () => zap.switchOn(),
    schema.object({
      returned: schema.array(schema.unknown()).min(1),
      fired: schema.array(contactSchema).max(0),
    }),
    ({ returned }) => `${returned.length} contacts were there before. They start nothing.`,
  );
  return zap;
}

async function tellForm(
  telling: Telling,
  { run, act, sendTemplate, findOrCreate }: Connected,
): Promise<void> {
  telling.chapter('A form comes in');
  const { id } = await telling.step(
    `Ana submits a form with the phone ${submittedPhone}: find or create her`,
    () => findOrCreate(submittedPhone),
    contactSchema,
    ({ id, custom_fields }) =>
      `Nobody has this number, however it is written. Created ${id}, phone ${custom_fields.phone}.`,
  );
  await telling.step(
    'Save her plan in a custom field',
    () => act('update_contact', { contact_id: id, custom_fields: { plan: 'Gold' } }),
    schema.object({ custom_fields: schema.object({ plan: schema.literal('Gold') }) }),
    ({ custom_fields }) => `Her plan is ${custom_fields.plan}.`,
  );
  await telling.step(
    'Tag her',
    () => act('add_tags', { contact_id: id, tags: ['Lead', 'Gold'] }),
    schema.object({ tags: schema.tuple([schema.literal('Lead'), schema.literal('Gold')]) }),
    ({ tags }) => `Tags added: ${tags.join(', ')}.`,
  );
  await tellMessages(telling, act, id);
  await telling.step(
    `Ana submits it again and writes her phone ${samePhoneAgain}`,
    () => findOrCreate(samePhoneAgain),
    contactSchema.extend({ id: schema.literal(id) }),
    (found) => `The same person: ${found.id}. Nobody is created twice.`,
  );
  await telling.step(
    'Look at her now',
    async () => [await run('searches.find_contact_by_id', { inputData: { contact_id: id } })].flat()[0],
    contactSchema,
    ({ custom_fields, tags }) =>
      `${custom_fields.firstName}, plan ${custom_fields.plan}, tags ${tags.join(', ')}.`,
  );
  await telling.step(
    'Send a template to +1 202 555 0199, who is no contact yet',
    () =>
      sendTemplate({
        contact_id: '+1 202 555 0199',
        create_if_missing: true,
        template_name: 'welcome',
        template_language: 'en',
        template_text: 'Hi {1}, welcome!',
        template_parameters: ['Eva'],
      }),
    schema.object({ id: schema.string(), created: schema.literal(true) }),
    ({ id }) => `Created ${id}, and sent the template once.`,
  );
}

async function tellMessages(telling: Telling, act: Connected['act'], id: string): Promise<void> {
  const send = (step: string, message: object) =>
    telling.step(
      step,
      () => act('send_message', { contact_id: id, ...message }),
      sentSchema,
      () => 'The platform accepted it.',
    );
  await send('Send her a text: Hola Ana 🎉', { text: 'Hola Ana 🎉' });
  await send('Send her an image', { message_type: 'image', url: 'https://example.com/welcome.jpg' });
  await send('Ask when to call, with the quick replies Morning and Evening', {
    message_type: 'quick_reply',
    title: 'When may we call?',
    replies: ['Morning', 'Evening'],
  });
  await telling.step(
    'Write to a contact that does not exist',
    () => act('send_message', { contact_id: 'nobody', text: 'Hola' }),
    refusal('HaltedError'),
    ({ sentence }) => sentence,
  );
}

async function tellChannel(telling: Telling, zap: SimulatedZap, sandbox: Sandbox): Promise<void> {
  telling.chapter('The channel moves');
  await telling.step(
    'Luis writes to the channel for the first time, and Zapier polls',
    () => {
      sandbox.store.add({ custom_fields: { firstName: 'Luis', subscribed: 'TRUE' } });
      return zap.poll();
    },
    schema.object({ fired: schema.array(contactSchema).length(2) }),
    ({ fired }) =>
      `The Zap starts for ${fired.map(({ custom_fields }) => custom_fields.firstName).join(' and for ')}. ` +
      'It watches the field subscribed, which +1 202 555 0199 does not have.',
  );
  await telling.step(
    'Zapier polls again',
    () => zap.poll(),
    schema.object({ fired: schema.array(contactSchema).max(0) }),
    () => 'The Zap starts for nobody a second time.',
  );
}

/** Runs the demo's three chapters on a sandbox. Throws UnexpectedStep at the first step that does not go as expected. */
export async function tellStory(telling: Telling, sandbox: Sandbox, runner: Runner): Promise<void> {
  const connected = connect(sandbox, runner);
  await tellConnect(telling, connected);
  const zap = await tellSwitchOn(telling, connected);
  await tellForm(telling, connected);
  await tellChannel(telling, zap, sandbox);
}
