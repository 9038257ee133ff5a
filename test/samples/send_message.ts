/** The schema in tools/zapier/sample-runs.ts explains these properties. */
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
    video: {
      inputData: { message_type: 'video', url: 'https://example.com/a.mp4' },
      lastBody: { body: [{ type: 'video', url: 'https://example.com/a.mp4' }] },
    },
    audio: {
      inputData: { message_type: 'audio', url: 'https://example.com/a.mp3' },
      lastBody: { body: [{ type: 'audio', url: 'https://example.com/a.mp3' }] },
    },
    file: {
      inputData: { message_type: 'file', url: 'https://example.com/a.pdf' },
      lastBody: { body: [{ type: 'file', url: 'https://example.com/a.pdf' }] },
    },
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
          body: { custom_fields: [{ name: 'phone', value: '+12025550143' }] },
          unrepeatable: true,
        },
      ],
      lastRequest: 'POST /message/sendContent/{id}',
    },
  },
};
