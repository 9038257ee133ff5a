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
  const message = parseMessage(bundle.inputData, channel.isWhatsApp);
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
