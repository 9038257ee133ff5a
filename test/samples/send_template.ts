const parameters = (text: string) => [{ type: 'text', text }];
const body = { type: 'body', text: 'Thank you!' };
const templateOf = (...components: object[]) => ({
  body: [{ type: 'whatsapp_template', template: { name: 'order_update', languageCode: 'es', components } }],
});

/** The schema in tools/zapier/sample-runs.ts explains these properties. */
export const sampleRun = {
  inputData: {
    contact_id: '1776025372480910',
    template_name: 'order_update',
    template_language: 'es',
    template_text: 'Thank you!',
  },
  requests: [{ request: 'POST /message/sendContent/{contact_id}', body: templateOf(body) }],
  unrepeatable: true,
  variants: {
    'with variables, text header and button': {
      inputData: {
        template_header_type: 'text',
        template_header_text: 'Order {1}',
        template_header_parameters: ['1043'],
        template_text: 'Hi {1}!',
        template_parameters: ['Ana'],
        template_buttons: [{ text: 'Track', url: 'https://example.com/{1}', value: 'A1' }],
      },
      lastBody: templateOf(
        { type: 'header', format: 'text', text: 'Order {{1}}', parameters: parameters('1043') },
        { type: 'body', text: 'Hi {{1}}!', parameters: parameters('Ana') },
        {
          type: 'buttons',
          buttons: [
            { type: 'url', text: 'Track', url: 'https://example.com/{{1}}', parameters: parameters('A1') },
          ],
        },
      ),
    },
    'with an image': {
      inputData: {
        template_header_type: 'image',
        template_header_url: 'https://example.com/b.jpg',
        template_header_filename: 'order.jpg',
      },
      lastBody: templateOf(
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
        body,
      ),
    },
  },
};
