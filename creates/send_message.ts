import {
  type Bundle,
  type CreatePerform,
  defineCreate,
  defineInputFields,
  type ZObject,
} from 'zapier-platform-core';
import { openChannel } from '../src/api/channel.ts';
import { messagesThrottle } from '../src/api/limits.ts';
import { contactIdField, parseContactId } from '../src/inputs/contact-id.ts';
import { messageFields, messageTypes, parseMessage } from '../src/inputs/message-form.ts';
import { parseYesNo } from '../src/inputs/values.ts';
import { contactSample } from '../src/models/contact.ts';

const inputFields = defineInputFields([
  contactIdField,
  {
    key: 'message_type',
    label: 'Message Type',
    required: true,
    default: 'text',
    choices: Object.fromEntries([...messageTypes].map(([type, { label }]) => [type, label])),
    altersDynamicFields: true,
    helpText: 'WhatsApp takes only a template when the contact has not written for 24 hours.',
  },
  (_z: ZObject, bundle: Bundle) => messageFields(bundle.inputData ?? {}),
  {
    key: 'force_cancel_survey',
    label: 'Cancel Running Survey',
    type: 'boolean',
    helpText: 'If the contact is answering a survey, end it. Otherwise the survey goes on.',
  },
]);

const perform = (async (z, bundle) => {
  const channel = openChannel(z, bundle);
  const typedId = parseContactId(bundle.inputData.contact_id);
  const message = parseMessage(bundle.inputData);
  const endsSurvey = parseYesNo('Cancel Running Survey', bundle.inputData.force_cancel_survey);
  const { id, data: answer } = await channel.sendMessage(typedId, message, endsSurvey);
  return {
    id,
    status: answer.status ?? 'success',
    ...(answer.message !== undefined && { message: answer.message }),
    ...(answer.data && { message_id: answer.data.id }),
  };
}) satisfies CreatePerform<typeof inputFields>;

export default defineCreate({
  key: 'send_message',
  noun: 'Message',
  display: {
    label: 'Send Message',
    description:
      'Sends a text, an image, video, audio or file, quick replies or a WhatsApp template to a contact.',
  },
  operation: {
    inputFields,
    perform,
    outputFields: [
      { key: 'id', label: 'Contact ID' },
      { key: 'status', label: 'Status' },
      { key: 'message', label: 'Message' },
      { key: 'message_id', label: 'Message ID' },
    ],
    sample: { id: contactSample.id, status: 'Success', message: 'Message Sent', message_id: '1262' },
    throttle: messagesThrottle,
  },
});

/** A run that tests and tools make of this operation: tools/zapier/sample-runs.ts says what its parts mean. */
export const sampleRun = {
  inputData: { contact_id: '1776025372480910', message_type: 'text', text: 'Hi' },
  requests: [
    { request: 'POST /message/sendContent/{contact_id}', body: { body: [{ type: 'text', text: 'Hi' }] } },
  ],
  unrepeatable: true,
  variants: {
    image: {
      inputData: { message_type: 'image', url: 'https://example.com/a.jpg' },
      lastBody: { body: [{ type: 'image', url: 'https://example.com/a.jpg' }] },
    },
    'quick replies': {
      inputData: { message_type: 'quick_reply', title: 'When?', replies: ['Now', 'Later'] },
      lastBody: { body: [{ type: 'quick_reply', title: 'When?', replies: ['Now', 'Later'] }] },
    },
    template: {
      inputData: {
        message_type: 'whatsapp_template',
        template_name: 'order_update',
        template_language: 'es',
        template_text: 'Hi {{1}}!',
        template_parameters: ['Ana'],
      },
      lastBody: {
        body: [
          {
            type: 'whatsapp_template',
            template: {
              name: 'order_update',
              languageCode: 'es',
              components: [{ type: 'body', text: 'Hi {{1}}!', parameters: [{ type: 'text', text: 'Ana' }] }],
            },
          },
        ],
      },
    },
  },
  trimmed: ['contact_id', 'url', 'template_name', 'template_language'],
};
