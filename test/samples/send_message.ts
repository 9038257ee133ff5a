import { bodyOf } from './contact-parts.ts';

/** Returns the name and the variant for a message type that is sent as a link. */
const linked = (type: string) => {
  const url = `https://example.com/${type}`;
  return [type, { inputData: { message_type: type, url }, lastBody: { body: [{ type, url }] } }];
};

/** The schema in tools/zapier/sample-runs.ts explains these properties. */
export const sampleRun = {
  inputData: { contact_id: '1776025372480910', message_type: 'text', text: 'Hi' },
  requests: [
    { request: 'POST /message/sendContent/{contact_id}', body: { body: [{ type: 'text', text: 'Hi' }] } },
  ],
  unrepeatable: true,
  variants: {
    ...Object.fromEntries(['image', 'video', 'audio', 'file'].map(linked)),
    'quick replies': {
      inputData: { message_type: 'quick_reply', title: 'When?', replies: ['Now', 'Later'] },
      lastBody: { body: [{ type: 'quick_reply', title: 'When?', replies: ['Now', 'Later'] }] },
    },
    'to somebody who is no contact yet': {
      inputData: { contact_id: '+12025550143', create_if_missing: 'yes' },
      authData: { channel_type: 'whatsapp' },
      earlierRequests: [
        { request: 'GET /contact/12025550143' },
        { request: 'GET /contact/whatsapp%3A%2B12025550143' },
        { request: 'GET /contact/by_custom_field?name=phone&value=%2B12025550143' },
        { request: 'GET /contact/by_custom_field?name=phone&value=12025550143' },
        {
          request: 'POST /contact/',
          body: bodyOf({ phone: '+12025550143' }),
          unrepeatable: true,
        },
      ],
      lastRequest: 'POST /message/sendContent/{id}',
    },
  },
};
