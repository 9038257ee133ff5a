/** What the parts mean: tools/zapier/sample-runs.ts. */
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
        template_header_text: 'Order {1}',
        template_header_parameters: ['1043'],
        template_text: 'Hi {1}!',
        template_parameters: ['Ana'],
        template_buttons: [{ text: 'Track', url: 'https://example.com/{1}', value: 'A1' }],
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
};
