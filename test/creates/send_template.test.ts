import { describe, expect, it } from '@jest/globals';
import * as schema from 'zod';
import { languageChoices } from '../../src/inputs/languages.ts';
import { api, failure, run } from '../support/zap.ts';

/** The inputs of a template without header and buttons. `send` adds them to every run, and the step turns them into `body`. */
const ready = {
  template_name: 'ready',
  template_language: 'en',
  template_text: 'Hi {1}',
  template_parameters: ['Ana'],
};
const valuesOf = (...values: string[]) =>
  values.length > 0 ? { parameters: values.map((text) => ({ type: 'text', text })) } : {};
const bodyOf = (text: string, ...values: string[]) => ({ type: 'body', text, ...valuesOf(...values) });
const body = bodyOf('Hi {{1}}', 'Ana');
const yes = { type: 'quick_reply', text: 'Yes' };

const send = (inputData: object) =>
  run('creates.send_template', { contact_id: '60123456789', ...ready, ...inputData });
const apiTakes = (components: object[], changes = {}) => {
  const template = { name: 'ready', languageCode: 'en', components, ...changes };
  api()
    .post(
      '/message/sendContent/60123456789',
      JSON.stringify({ body: [{ type: 'whatsapp_template', template }] }),
    )
    .reply(201, { status: 'success', data: { id: 1262 } });
};
const filled = (template_text: unknown, ...template_parameters: unknown[]) => ({
  template_text,
  template_parameters,
});
const header = (template_header_text: unknown, ...template_header_parameters: unknown[]) => ({
  template_header_type: 'text',
  template_header_text,
  template_header_parameters,
});
const image = (template_header_url: unknown) => ({ template_header_type: 'image', template_header_url });
const buttons = (...template_buttons: unknown[]) => ({ template_buttons });

describe('a template', () => {
  it('is sent with a value for each variable, and returns the ID of the message', async () => {
    const anything = 'Hola {{first_name}} {{bundle.inputData.x}} 🎉 "a&b" +1 100%';
    apiTakes([bodyOf('Hi {{1}}, {{2}} is ready, {{1}}!', 'Ana', anything)]);
    expect(await send(filled('Hi {{1}}, {{2}} is ready, {{1}}!', 'Ana', anything, '', ' '))).toEqual({
      id: '60123456789',
      status: 'success',
      created: false,
      message_id: '1262',
    });
  });

  const numbers = Array.from({ length: 12 }, (_, index) => String(index + 1));
  it.each([
    [filled('Hola'), bodyOf('Hola')],
    [filled('{1}', 'B'), bodyOf('{{1}}', 'B')],
    [filled('{{ 1 }}{01}', 'B'), bodyOf('{{1}}{{1}}', 'B')],
    [filled('{ 1 }{{1}} { {} :}', 'B'), bodyOf('{{1}}{{1}} { {} :}', 'B')],
    [
      filled(numbers.map((number) => `{${number}}`).join(), ...numbers),
      bodyOf(numbers.map((number) => `{{${number}}}`).join(), ...numbers),
    ],
    [filled('{1}', 'Calle 1 #23\nCol. Centro'), bodyOf('{{1}}', 'Calle 1 #23 Col. Centro')],
    [filled('{1}', 'a\t\tb\r\n\r\nc'), bodyOf('{{1}}', 'a b c')],
    [filled('{1}', 'six      spaces\u2028\u00a0end '), bodyOf('{{1}}', 'six spaces end ')],
    [filled('{1}', '👩‍👩‍👧 zero\u200bwidth'), bodyOf('{{1}}', '👩‍👩‍👧 zero\u200bwidth')],
  ])('is sent for %j as %j', async (inputs, sent) => {
    apiTakes([sent]);
    await send(inputs);
  });

  it.each([[['', 'b', ' ']], [['\u200b\u2060', 'b']], [[null, 'b', '\n']], [['', '']]])(
    'with the values %j needs one for {1}, or Value If Empty',
    async (values) => {
      const inputs = filled('{1} {2}', ...values);
      expect(await failure(send(inputs))).toEqual({
        kind: 'HaltedError',
        sentence:
          'The Template Variables field has no value for "{1}". Enter a value for each variable, or fill in Value If Empty.',
      });
      apiTakes([bodyOf('{{1}} {{2}}', 'dear friend', values[1] || 'dear friend')]);
      await send({ ...inputs, template_value_if_empty: 'dear\nfriend' });
    },
  );

  it('takes Value If Empty for every empty value, also of header and buttons, and for no other', async () => {
    const url = 'https://example.com/{{1}}';
    apiTakes([
      { type: 'header', format: 'text', text: '{{1}}', ...valuesOf('-') },
      bodyOf('{{1}} {{2}} {{3}}', '0', '-', '-'),
      { type: 'buttons', buttons: [{ type: 'url', text: 'Go', url, ...valuesOf('-') }, yes] },
    ]);
    await send({
      ...header('{1}'),
      ...filled('{1} {2} {3}', '0', ''),
      template_value_if_empty: '-',
      ...buttons({ text: 'Go', url }, { text: 'Yes' }),
    });
  });

  it.each([
    [{ template_language: 'en-US' }, { languageCode: 'en_US' }],
    [{ template_language: '\u00a0ES ' }, { languageCode: 'es' }],
    [{ template_language: 'pt_br' }, { languageCode: 'pt_BR' }],
    [{ template_language: 'Es-Bo' }, { languageCode: 'es_BO' }],
    [{ template_language: 'es-419' }, { languageCode: 'es_419' }],
    [{ template_name: ' order_2\u200b\n' }, { name: 'order_2' }],
  ])('with %j is sent with %j', async (inputs, changes) => {
    apiTakes([body], changes);
    await send(inputs);
  });

  it.each(['Spanish (Mexico)', 'English', 'es MX', 'es_', 'es, en', 'x'.repeat(101)])(
    'is refused for the language %j',
    async (template_language) => {
      expect(await failure(send({ template_language }))).toEqual({
        kind: 'HaltedError',
        sentence: `The Template Language field contains "${template_language.slice(0, 100)}", which is not the code of a language. Choose the language of the approved template, or enter its code, like "es_MX".`,
      });
    },
  );

  it.each(['Order Update', 'order-update', 'año_nuevo', 'A'.repeat(101)])(
    'is refused for the name %j',
    async (template_name) => {
      expect(await failure(send({ template_name }))).toEqual({
        kind: 'HaltedError',
        sentence: `The Template Name field contains "${template_name.slice(0, 100)}", but the name of a template has only small letters, digits and _. Copy it from your platform.`,
      });
    },
  );

  const long = (length: number) => filled('x{1}', '🎉'.repeat(length - 1));
  it.each([
    ['a header of 61', header('Hi {1}', 'x'.repeat(58)), 'Template Header Text', 61, 60],
    ['a text of 1025 with a header', { ...long(1025), ...header('Hi') }, 'Template Text', 1025, 1024],
    [
      'a text of 1025 with a button',
      { ...long(1025), ...buttons({ text: 'Yes' }) },
      'Template Text',
      1025,
      1024,
    ],
  ])('is refused if WhatsApp would find it too long: %s', async (_what, inputs, label, length, most) => {
    expect(await failure(send(inputs))).toEqual({
      kind: 'HaltedError',
      sentence: `The ${label} field has ${length} characters with its values filled in. Shorten it or its values to at most ${most}.`,
    });
  });

  it.each([
    ['a long text without header and buttons', 1025, {}, []],
    [
      'a text of 1024 with a header of 60',
      1024,
      header('x'.repeat(60)),
      [{ type: 'header', format: 'text', text: 'x'.repeat(60) }],
    ],
  ])('is sent if it fits: %s', async (_what, length, inputs, sent) => {
    apiTakes([...sent, bodyOf('x{{1}}', '🎉'.repeat(length - 1))]);
    await send({ ...long(length), ...inputs });
  });
});

describe('a template with a header', () => {
  const apiTakesFile = (type: string, link: string, filename: string) => {
    const parameters = [{ type, [type]: { link, filename, caption: '' } }];
    apiTakes([{ type: 'header', format: type, parameters }, body]);
  };

  it('of the file of another step is sent with the link to it', async () => {
    const template_header_file = 'https://zapier.com/engine/hydrate/1/.eJw:abc/';
    apiTakesFile('image', template_header_file, 'image');
    await send({ template_header_type: 'image', template_header_file });
  });

  it.each([
    ['image', 'https://example.com/a.jpg', undefined, 'a.jpg'],
    ['image', 'https://example.com/photos/', ' ', 'image'],
    ['video', ' https://example.com/clips/b%20c.mp4?size=1#start ', '', 'b c.mp4'],
    ['document', 'http://example.com/d.pdf', 'Factura nº 1.pdf', 'Factura nº 1.pdf'],
    ['document', 'https://example.com/100%.pdf', undefined, '100%.pdf'],
    ['document', 'https://example.com/a%2Fb.pdf', undefined, 'b.pdf'],
    ['document', 'https://drive.google.com/uc?export=download&id=A.B', '', 'document'],
  ])('of type %s at %s, named %j: %s', async (type, url, template_header_filename, filename) => {
    apiTakesFile(type, url.trim(), filename);
    await send({ template_header_type: type, template_header_url: url, template_header_filename });
  });

  it('reads only the fields of its type, as the platform keeps what others held', async () => {
    const leftovers = {
      text: 'Hi',
      url: 'photo.jpg',
      ...header('Hi {{1}} {{3}}', 'a', 'b', 'c'),
      template_header_url: 'nowhere',
      template_header_filename: ['a'],
    };
    apiTakes([body]);
    await send({ ...leftovers, template_header_type: '' });
    apiTakes([{ type: 'header', format: 'text', text: 'Ready' }, body]);
    await send({ ...leftovers, ...header('Ready') });
  });
});

describe('a template with buttons', () => {
  const track = { text: 'Track', url: 'https://example.com/{{1}}', value: 'A1' };
  const trackSent = { type: 'url', text: 'Track', url: track.url, ...valuesOf('A1') };

  it.each([
    ['line items', [track, { text: 'Yes' }], [trackSent, yes]],
    ['one object', track, [trackSent]],
    ['JSON of a list', JSON.stringify([track, { text: 'Yes', url: '', value: null }]), [trackSent, yes]],
    ['JSON of one object', '{"text": "Yes"}', [yes]],
    ['rows left empty', [{}, { text: '', url: null }, { text: 'Yes', url: ' ' }], [yes]],
    ['a number as text', [{ text: 5 }], [{ type: 'quick_reply', text: '5' }]],
    [
      'an address without a variable',
      [{ text: 'Open', url: ' https://example.com ' }],
      [{ type: 'url', text: 'Open', url: 'https://example.com' }],
    ],
    ['ten of them', Array(10).fill({ text: 'Yes' }), Array(10).fill(yes)],
  ])('sends buttons given as %s', async (_shape, template_buttons, buttons) => {
    apiTakes([body, { type: 'buttons', buttons }]);
    await send({ template_buttons });
  });

  it.each([[[]], [''], [null], [{}], ['[]'], [[{ text: '', url: '', value: '' }]]])(
    'sends no buttons if %j was left empty',
    async (template_buttons) => {
      apiTakes([body]);
      await send({ template_buttons });
    },
  );
});

describe('a template is refused before anything is sent', () => {
  const toFile = 'To send the file of another step, map it into Template Header File.';
  const numbered =
    'but only numbered variables can be sent. Write the variables of the approved template as {1}, {2} and so on.';
  const withoutGaps =
    'but variables must be numbered {1}, {2} and so on, without gaps. Copy the text of the approved template.';
  const noVariable = (label: string, values: string) =>
    `The ${label} field has no variable, but the ${values} field has a value. Zapier may have taken {{1}} out of the text: write {1} instead, or empty the ${values} field.`;
  const noRows =
    'The Template Buttons field does not contain line items. Fill in Button Text for each button of the template.';
  const link = 'https://example.com/{{1}}';

  it.each([
    [{ template_name: '' }, 'The Template Name field is empty. Copy the name of the approved template.'],
    [
      { template_language: null },
      'The Template Language field is empty. Choose the language of the approved template, or enter its code, like "es_MX".',
    ],
    [filled(' '), 'The Template Text field is empty. Copy the text of the approved template.'],
    [filled('Hi', 'Ana'), noVariable('Template Text', 'Template Variables')],
    [filled('{{0}}', 'Ana'), `The Template Text field contains "{0}", ${withoutGaps}`],
    [filled('{1} {{name}}', 'Ana'), `The Template Text field contains "{{name}}", ${numbered}`],
    [
      { template_parameters: [], template_value_if_empty: '\u200b' },
      'The Template Text field has 1 variable, but the Template Variables field has 0 values. Enter one value for each variable, in the same order.',
    ],
    [
      { template_header_type: 'audio' },
      'The Template Header Type field must be one of: "Text", "Image", "Video", "Document". Choose it from the list, or leave it empty if the template has no header.',
    ],
    [
      header(' '),
      'The Template Header Text field is empty. Copy the header of the approved template, or leave Template Header Type empty.',
    ],
    [header('Hi', 'Ana'), noVariable('Template Header Text', 'Template Header Variables')],
    [header('Hi {{2}}', 'Ana'), `The Template Header Text field contains "{2}", ${withoutGaps}`],
    [header('Hi {{1}'), `The Template Header Text field contains "{{1}", ${numbered}`],
    [header('{{}}'), `The Template Header Text field contains "{{}}", ${numbered}`],
    [
      image(undefined),
      `The Template Header URL field is empty. Enter a public link that opens the image directly, like "https://example.com/photo.jpg". ${toFile}`,
    ],
    [
      { template_header_type: 'document', template_header_url: 'a.pdf' },
      `The Template Header URL field does not contain a link that starts with http:// or https://. Enter a public link that opens the document directly, like "https://example.com/invoice.pdf". ${toFile}`,
    ],
    [
      { ...image('https://example.com/a.jpg'), template_header_file: 'https://example.com/b.jpg' },
      'The Template Header URL and Template Header File fields are both filled in. Empty one of them.',
    ],
    [
      buttons(...Array(11).fill({ text: 'Yes' })),
      'The Template Buttons field has 11 buttons. Fill in at most 10.',
    ],
    [
      buttons({ text: 'Yes' }, { text: ' ', url: link, value: 'A1' }),
      'The Button 2 Text field is empty. Copy the text of the approved button.',
    ],
    [buttons({ label: 'Yes' }), 'The Button 1 Text field is empty. Copy the text of the approved button.'],
    [
      buttons({ text: ['Yes', 'No'] }),
      'The Button 1 Text field contains something other than text, a number or yes/no. Map a single value into it.',
    ],
    [
      buttons({}, { text: 'Track', url: link, value: ['A1', 'B2'] }),
      'The Button 2 URL field has 1 variable, but the Button 2 Value field has 2 values. Enter one value for each variable, in the same order.',
    ],
    [buttons({ text: 'Yes', value: 'A1' }), noVariable('Button 1 URL', 'Button 1 Value')],
    [
      buttons({ text: 'Track', url: 'https://example.com/{{ first name }}' }),
      `The Button 1 URL field contains "{{ first name }}", ${numbered}`,
    ],
    [
      buttons({ text: 'Track', url: 'example.com' }),
      'The Button 1 URL field does not contain a link that starts with http:// or https://. Copy it from the approved button, like "https://example.com/{1}".',
    ],
    [buttons('Yes', 'No'), noRows],
    [buttons(null, null), noRows],
    [buttons([['Yes']]), noRows],
    [{ template_buttons: '{"text": ' }, noRows],
    [{ template_buttons: 7 }, noRows],
  ])('%j', async (inputs, sentence) => {
    expect(await failure(send(inputs))).toEqual({ kind: 'HaltedError', sentence });
  });
});

describe('the form of a template', () => {
  const media = ['template_header_url', 'template_header_file', 'template_header_filename'];

  it.each([
    ['', []],
    ['mapped from another step', []],
    ['text', ['template_header_text', 'template_header_parameters']],
    ['image', media],
  ])('shows for a header of type "%s" its fields beside it', async (template_header_type, shown) => {
    const form = await run('creates.send_template.operation.inputFields', { template_header_type });
    const field = schema.object({ key: schema.string(), group: schema.string().optional() });
    const fields = schema.array(field).parse(form);
    const keys = fields.filter(({ group }) => group === 'header').map(({ key }) => key);
    expect(keys).toEqual(['template_header_type', ...shown]);
  });

  it('offers the languages of WhatsApp by their names, sorted', () => {
    expect(languageChoices).toMatchObject({ en: 'English', es_MX: 'Spanish (Mexico)', fil: 'Filipino' });
    const names = Object.values(languageChoices);
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b)));
    const named = new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' });
    for (const [code, name] of Object.entries(languageChoices))
      expect(named.of(code.replace('_', '-'))).toBe(name);
  });
});
