import { type CreatePerform, defineCreate, defineInputFields } from 'zapier-platform-core';
import { openChannel } from '../src/api/channel.ts';
import { messagesThrottle } from '../src/api/limits.ts';
import { contactIdField } from '../src/inputs/contact-id.ts';
import { messageFields, messageTypes, parseMessage } from '../src/inputs/message-form.ts';
import { deliver, parseRecipient, recipientFields, recipientLock } from '../src/inputs/recipient.ts';
import { sentOutputFields, sentSample } from '../src/models/message.ts';

const inputFields = defineInputFields([
  contactIdField,
  {
    key: 'message_type',
    label: 'Message Type',
    required: true,
    default: 'text',
    choices: Object.fromEntries([...messageTypes].map(([type, { label }]) => [type, label])),
    altersDynamicFields: true,
    helpText:
      'If the contact has not written for 24 hours, WhatsApp accepts only a template: use **Send WhatsApp Template** instead.',
  },
  (_z, bundle) => messageFields(bundle.inputData ?? {}),
  ...recipientFields,
]);

const perform = (async (z, bundle) => {
  const channel = openChannel(z, bundle);
  const recipient = await parseRecipient(bundle.inputData, channel);
  return deliver(channel, recipient, parseMessage(bundle.inputData, channel.isWhatsApp));
}) satisfies CreatePerform<typeof inputFields>;

export default defineCreate({
  key: 'send_message',
  noun: 'Message',
  display: {
    label: 'Send Message',
    description: 'Sends a text, image, video, audio, file or quick replies to a contact.',
  },
  operation: {
    inputFields,
    perform,
    outputFields: sentOutputFields,
    sample: sentSample,
    throttle: messagesThrottle,
    lock: recipientLock,
  },
});
