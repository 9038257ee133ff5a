import { type CreatePerform, defineCreate, defineInputFields } from 'zapier-platform-core';
import { openChannel } from '../src/api/channel.ts';
import { messagesThrottle } from '../src/api/limits.ts';
import { contactIdField } from '../src/inputs/contact-id.ts';
import { deliver, parseRecipient, recipientFields, recipientLock } from '../src/inputs/recipient.ts';
import { parseTemplate, templateFields, templateGroups } from '../src/inputs/template-form.ts';
import { sentOutputFields, sentSample } from '../src/models/message.ts';

const inputFields = defineInputFields([contactIdField, ...templateFields, ...recipientFields]);

const perform = (async (z, bundle) => {
  const channel = openChannel(z, bundle);
  const recipient = await parseRecipient(bundle.inputData, channel);
  return deliver(channel, recipient, parseTemplate(bundle.inputData));
}) satisfies CreatePerform<typeof inputFields>;

export default defineCreate({
  key: 'send_template',
  noun: 'Template',
  display: {
    label: 'Send WhatsApp Template',
    description:
      'Sends a template that WhatsApp has approved, also to people who have not written for 24 hours.',
  },
  operation: {
    inputFieldGroups: templateGroups,
    inputFields,
    perform,
    outputFields: sentOutputFields,
    sample: sentSample,
    throttle: messagesThrottle,
    lock: recipientLock,
  },
});
