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
    helpText: 'If the contact has not written for 24 hours, WhatsApp accepts only a template.',
  },
  (_z: ZObject, bundle: Bundle) => messageFields(bundle.inputData ?? {}),
  {
    key: 'force_cancel_survey',
    label: 'Cancel Running Survey',
    type: 'boolean',
    helpText: 'Choose yes to end a survey that the contact is answering. Otherwise the survey continues.',
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
    description: 'Sends a text, image, video, audio, file, quick replies or WhatsApp template to a contact.',
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
        template_header_type: 'text',
        template_header_text: 'Order {{1}}',
        template_header_parameters: ['1043'],
        template_text: 'Hi {{1}}!',
        template_parameters: ['Ana'],
        template_buttons: [{ text: 'Track', url: 'https://example.com/{{1}}', value: 'A1' }],
      },
      lastBody: {
        body: [
          {
            type: 'whatsapp_template',
            template: {
              name: 'order_update',
              languageCode: 'es',
              components: [
                {
                  type: 'header',
                  format: 'text',
                  text: 'Order {{1}}',
                  parameters: [{ type: 'text', text: '1043' }],
                },
                { type: 'body', text: 'Hi {{1}}!', parameters: [{ type: 'text', text: 'Ana' }] },
                {
                  type: 'buttons',
                  buttons: [
                    {
                      type: 'url',
                      text: 'Track',
                      url: 'https://example.com/{{1}}',
                      parameters: [{ type: 'text', text: 'A1' }],
                    },
                  ],
                },
              ],
            },
          },
        ],
      },
    },
    'template with an image': {
      inputData: {
        message_type: 'whatsapp_template',
        template_name: 'order_update',
        template_language: 'es',
        template_header_type: 'image',
        template_header_url: 'https://example.com/b.jpg',
        template_header_filename: 'order.jpg',
        template_text: 'Thank you!',
      },
      lastBody: {
        body: [
          {
            type: 'whatsapp_template',
            template: {
              name: 'order_update',
              languageCode: 'es',
              components: [
                {
                  type: 'header',
                  format: 'image',
                  parameters: [
                    {
                      type: 'image',
                      image: { link: 'https://example.com/b.jpg', filename: 'order.jpg', caption: '' },
                    },
                  ],
                },
                { type: 'body', text: 'Thank you!' },
              ],
            },
          },
        ],
      },
    },
  },
  trimmed: [
    'contact_id',
    'url',
    'template_name',
    'template_language',
    'template_header_url',
    'template_buttons.url',
  ],
};
