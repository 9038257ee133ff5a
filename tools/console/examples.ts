import type { Message } from '../sandbox/message.ts';
import type { Contact } from '../sandbox/store.ts';
import { sampleRuns } from '../zapier/sample-runs.ts';
import { type Draft, draftOf } from './form.ts';

/** Returns an example for each type of message that the form offers. */
function messages(name: string, picture: string) {
  return {
    text: { text: `Hello ${name},\nyour order is ready. Pick it up until 6 pm.` },
    image: { url: picture },
    video: { url: 'https://example.com/how-it-works.mp4' },
    audio: { url: 'https://example.com/voice-note.mp3' },
    file: { url: 'https://example.com/invoice-1043.pdf' },
    quick_reply: { title: 'When may we call you?', replies: ['Morning', 'Afternoon', 'Not today'] },
  } satisfies Record<Exclude<Message['type'], 'whatsapp_template'>, object>;
}

/**
 * Returns a form filled in with an example that works, for this contact and with a picture that needs no network.
 * A step without an example here takes its operation's sample run.
 */
export function exampleOf(place: string, draft: Draft, contact: Contact | undefined, picture: string) {
  const contact_id = contact?.id ?? '';
  const name = String(contact?.custom_fields.firstName || 'Ana');
  const email = String(contact?.custom_fields.email ?? '');
  const person = {
    firstName: 'Ana',
    lastName: 'Costa',
    phone: '+12025550143',
    email: 'ana.costa@example.com',
  };
  const byEmail = { field_name: 'email', field_value: person.email };
  const type = draft.get('message_type') || 'text';
  const message = new Map(Object.entries(messages(name, picture))).get(type);
  const examples: Record<string, Parameters<typeof draftOf>[0]> = {
    'triggers.new_contact': { field_name: 'subscribed', field_values: ['TRUE', 'FALSE'] },
    // Adding a tag to this contact starts the Zap.
    ...(email && {
      'triggers.updated_contact': { field_name: 'email', field_values: [email], watched_fields: ['tags'] },
    }),
    'searches.find_contact_by_id': { contact_id },
    'searches.find_contact_by_custom_field': { field_name: 'subscribed', field_value: 'TRUE' },
    'searchOrCreates.find_contact_by_custom_field': { ...byEmail, ...person },
    'searchOrCreates.find_contact_by_phone': person,
    'creates.create_contact': {
      ...person,
      language: 'en',
      custom_fields: { subscribed: 'TRUE', plan: 'Gold' },
    },
    'creates.update_contact': { contact_id, language: 'es', custom_fields: { plan: 'Silver' } },
    // This is not the person whom other examples create, because several matches would stop the run.
    'creates.create_or_update_contact': {
      match_field: 'email',
      match_value: 'ivo.novak@example.com',
      firstName: 'Ivo',
      lastName: 'Novak',
    },
    'creates.add_tags': { contact_id, tags: ['VIP', 'Lead'] },
    'creates.remove_tags': { contact_id, tags: [contact?.tags[0] ?? 'VIP'] },
    'creates.send_message': { contact_id, message_type: type, ...message },
    'creates.send_template': {
      contact_id,
      template_name: 'order_update',
      template_language: 'en',
      template_text: 'Hi {1}, your order {2} is on its way.',
      template_parameters: [name, '#1043'],
      template_header_type: 'image',
      template_header_url: picture,
      template_buttons: [
        { text: 'Track it', url: 'https://example.com/orders/{1}', value: '1043' },
        { text: 'Call me', url: '', value: '' },
      ],
    },
    'creates.api_request': { method: 'GET', path: `/contact/${contact_id}` },
  };
  return draftOf(examples[place] ?? sampleRuns.find((sample) => sample.place === place)?.inputData ?? {});
}
