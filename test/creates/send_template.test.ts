import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as schema from 'zod';
import { languageChoices } from '../../src/inputs/languages.ts';
import { api, failure, run } from '../support/zap.ts';

/** The inputs of a template without header and buttons. `send` adds them to every run; `body` is sent for them. */
const ready = {
  template_name: 'ready',
  template_language: 'en',
  template_text: 'Hi {1}',
  template_parameters: ['Ana'],
};
const valuesOf = (...values: string[]) =>
  values.length > 0 ? { parameters: values.map((text) => ({ type: 'text', text })) } : {};
const body = { type: 'body', text: 'Hi {{1}}', ...valuesOf('Ana') };
const yes = { type: 'quick_reply', text: 'Yes' };

const send = (inputData: Record<string, unknown>) =>
  run('creates.send_template', { contact_id: '60123456789', ...ready, ...inputData });
const sends = (components: object[], changes = {}) => {
  const template = { name: 'ready', languageCode: 'en', components, ...changes };
  api()
    .post(
      '/message/sendContent/60123456789',
      JSON.stringify({ body: [{ type: 'whatsapp_template', template }] }),
    )
    .reply(201, { status: 'success', data: { id: 1262 } });
};
const header = (template_header_text: unknown, ...template_header_parameters: unknown[]) => ({
  template_header_type: 'text',
  template_header_text,
  template_header_parameters,
});
const buttons = (...template_buttons: unknown[]) => ({ template_buttons });

const anything = 'Hola {{first_name}} {{bundle.inputData.x}} 🎉 "a&b" +1 100%';

describe('a template', () => {
  it('is sent with a value for each variable, and gives the ID of the message', async () => {
    sends([{ type: 'body', text: 'Hi {{1}}, {{2}} is ready, {{1}}!', ...valuesOf('Ana', anything) }]);
    const template_text = 'Hi {{1}}, {{2}} is ready, {{1}}!';
    expect(await send({ template_text, template_parameters: ['Ana', anything, '', ' '] })).toEqual({
      id: '60123456789',
      status: 'success',
      created: false,
      message_id: '1262',
    });
  });

  it('needs no variables', async () => {
    sends([{ type: 'body', text: 'Hola' }]);
    await send({ template_text: 'Hola', template_parameters: [] });
  });

  it('can have variables of two digits', async () => {
    const numbers = Array.from({ length: 12 }, (_, index) => String(index + 1));
    const text = (opens: string, closes: string) =>
      numbers.map((number) => opens + number + closes).join(' ');
    sends([{ type: 'body', text: text('{{', '}}'), ...valuesOf(...numbers) }]);
    await send({ template_text: text('{', '}'), template_parameters: numbers });
  });

  it.each([
    ['{1}', '{{1}}'],
    ['{{ 1 }}', '{{1}}'],
    ['{01}', '{{1}}'],
    ['{ 1 }{{1}} { {} :}', '{{1}}{{1}} { {} :}'],
  ])('whose text is %j is sent as %j', async (template_text, text) => {
    const url = 'https://example.com/';
    sends([
      { type: 'header', format: 'text', text, ...valuesOf('A') },
      { type: 'body', text, ...valuesOf('B') },
      { type: 'buttons', buttons: [{ type: 'url', text: '{1}', url: `${url}{{1}}`, ...valuesOf('C') }] },
    ]);
    const [variable] = template_text.split('}{');
    await send({
      ...header(template_text, 'A'),
      template_text,
      template_parameters: 'B',
      ...buttons({ text: '{1}', url: `${url}${variable?.includes('{1}') ? '{1}' : '{{ 1 }}'}`, value: 'C' }),
    });
  });

  it.each(['{{name}}', '{{}}', '{{ first name }}', '{{1', '{{bundle.inputData.x}}'])(
    'with %s in a text is refused, as only numbered variables can be sent',
    async (other) => {
      const places = [
        ['Template Text', { template_text: `Hi {1} ${other}}` }],
        ['Template Header Text', header(`Hi ${other}}`)],
        ['Button 1 URL', buttons({ text: 'Go', url: `https://example.com/${other}}` })],
      ] as const;
      for (const [label, inputs] of places) {
        const { kind, sentence } = await failure(send(inputs));
        expect(kind).toBe('HaltedError');
        expect(sentence).toMatch(
          new RegExp(`^The ${label} field contains "{{.*}", but only numbered variables`),
        );
      }
    },
  );

  it.each([
    ['Calle 1 #23\nCol. Centro', 'Calle 1 #23 Col. Centro'],
    ['a\t\tb\r\n\r\nc', 'a b c'],
    ['six      spaces\u2028\u00a0end ', 'six spaces end '],
    ['👩‍👩‍👧 zero\u200bwidth', '👩‍👩‍👧 zero\u200bwidth'],
  ])('whose values are %j has %j in their place', async (typed, value) => {
    const url = 'https://example.com/{{1}}';
    sends([
      { type: 'header', format: 'text', text: '{{1}}', ...valuesOf(value) },
      { type: 'body', text: 'Hi {{1}}', ...valuesOf(value) },
      { type: 'buttons', buttons: [{ type: 'url', text: 'Go', url, ...valuesOf(value) }] },
    ]);
    await send({
      ...header('{1}', typed),
      template_parameters: [typed],
      ...buttons({ text: 'Go', url, value: typed }),
    });
  });

  it.each([[['', 'b', ' ']], [['\u200b\u2060', 'b']], [[null, 'b', '\n']], [['', '']]])(
    'with the values %j needs one for {1}, or Value If Empty',
    async (template_parameters) => {
      const inputs = { template_text: '{1} {2}', template_parameters };
      expect(await failure(send(inputs))).toEqual({
        kind: 'HaltedError',
        sentence:
          'The Template Variables field has no value for "{1}". Enter a value for each variable, or fill in Value If Empty.',
      });
      const second = template_parameters[1] || 'dear friend';
      sends([{ type: 'body', text: '{{1}} {{2}}', ...valuesOf('dear friend', second) }]);
      await send({ ...inputs, template_value_if_empty: 'dear\nfriend' });
    },
  );

  it('takes Value If Empty for every empty value, also of header and buttons, and for no other', async () => {
    const url = 'https://example.com/{{1}}';
    sends([
      { type: 'header', format: 'text', text: '{{1}}', ...valuesOf('-') },
      { type: 'body', text: '{{1}} {{2}} {{3}}', ...valuesOf('0', '-', '-') },
      { type: 'buttons', buttons: [{ type: 'url', text: 'Go', url, ...valuesOf('-') }, yes] },
    ]);
    await send({
      ...header('{1}'),
      template_text: '{1} {2} {3}',
      template_parameters: ['0', ''],
      template_value_if_empty: '-',
      ...buttons({ text: 'Go', url }, { text: 'Yes' }),
    });
    expect(await failure(send({ template_parameters: [], template_value_if_empty: '\u200b' }))).toMatchObject(
      {
        sentence: expect.stringContaining('has 1 variable, but'),
      },
    );
  });

  it.each([
    ['en-US', 'en_US'],
    ['ES', 'es'],
    ['\u00a0es ', 'es'],
    ['pt_br', 'pt_BR'],
    ['FIL', 'fil'],
    ['Es-Bo', 'es_BO'],
    ['es-419', 'es_419'],
  ])('has for the language %j the code %s', async (template_language, languageCode) => {
    sends([body], { languageCode });
    await send({ template_language });
  });

  it.each(['Spanish (Mexico)', 'English', 'es MX', 'es_', 'en_US.UTF-8', 'es, en', '{1}'])(
    'has no language %j',
    async (template_language) => {
      expect(await failure(send({ template_language }))).toEqual({
        kind: 'HaltedError',
        sentence: `The Template Language field contains "${template_language}", which is not the code of a language. Choose the language of the approved template, or enter its code, like "es_MX".`,
      });
    },
  );

  it.each(['Order Update', 'order-update', 'Ready', 'año_nuevo', 'order update 2'])(
    'has no name %j',
    async (template_name) => {
      expect(await failure(send({ template_name }))).toEqual({
        kind: 'HaltedError',
        sentence: `The Template Name field contains "${template_name}", but the name of a template has only small letters, digits and _. Copy it from your platform.`,
      });
    },
  );

  it('is sent under its name without the space around it', async () => {
    sends([body], { name: 'order_2' });
    await send({ template_name: ' order_2\u200b\n' });
  });

  const long = (length: number) => ({
    template_text: 'x{1}',
    template_parameters: ['🎉'.repeat(length - 1)],
  });
  it.each([
    [header('Hi {1}', 'x'.repeat(58)), 'Template Header Text', 61, 60],
    [header('x'.repeat(61)), 'Template Header Text', 61, 60],
    [{ ...long(1025), ...header('Hi') }, 'Template Text', 1025, 1024],
    [{ ...long(1025), ...buttons({ text: 'Yes' }) }, 'Template Text', 1025, 1024],
  ])('is refused if WhatsApp would find it too long: %#', async (inputs, label, length, most) => {
    expect(await failure(send(inputs))).toEqual({
      kind: 'HaltedError',
      sentence: `The ${label} field has ${length} characters with its values filled in. Shorten it or its values to at most ${most}.`,
    });
  });

  it.each([
    [long(1025), []],
    [{ ...long(1024), ...header('x'.repeat(60)) }, ['header']],
  ])('is sent if it just fits: %#', async (inputs, parts) => {
    const types: string[] = [];
    api()
      .post('/message/sendContent/60123456789', ({ body: [message] }) => {
        for (const { type } of message.template.components) types.push(type);
        return true;
      })
      .reply(201, {});
    await send(inputs);
    expect(types).toEqual([...parts, 'body']);
  });
});

describe('a template with a header', () => {
  it('of the file of another step is sent with the link to it', async () => {
    const link = 'https://zapier.com/engine/hydrate/1/.eJw:abc/';
    const image = { link, filename: 'image', caption: '' };
    sends([{ type: 'header', format: 'image', parameters: [{ type: 'image', image }] }, body]);
    await send({ template_header_type: 'image', template_header_file: link });
  });

  it.each([
    [{ template_header_text: 'Order ready' }, { text: 'Order ready' }],
    [
      { template_header_text: 'Hi {{1}}', template_header_parameters: ['Ana', ''] },
      { text: 'Hi {{1}}', ...valuesOf('Ana') },
    ],
  ])('of text: %j', async (inputs, sent) => {
    sends([{ type: 'header', format: 'text', ...sent }, body]);
    await send({ template_header_type: 'text', ...inputs });
  });

  it.each([
    ['image', 'https://example.com/a.jpg', undefined, 'a.jpg'],
    ['video', ' https://example.com/clips/b%20c.mp4?size=1#start ', '', 'b c.mp4'],
    ['document', 'http://example.com/d.pdf', 'Factura nº 1.pdf', 'Factura nº 1.pdf'],
    ['document', 'https://example.com/100%.pdf', undefined, '100%.pdf'],
    ['document', 'https://example.com/a%2Fb.pdf', undefined, 'b.pdf'],
    ['document', 'https://example.com', undefined, 'document'],
    ['document', 'https://drive.google.com/uc?export=download&id=A.B', '', 'document'],
    ['document', 'https://www.dropbox.com/s/ID/a.pdf?dl=1', '', 'a.pdf'],
    ['image', 'https://example.com/photos/', ' ', 'image'],
  ])('of type %s at %s, named %j: %s', async (type, url, typed, filename) => {
    const media = { link: url.trim(), filename, caption: '' };
    sends([{ type: 'header', format: type, parameters: [{ type, [type]: media }] }, body]);
    await send({
      template_header_type: type,
      template_header_url: url,
      template_header_filename: typed,
    });
  });

  it('reads only the fields of its type, as the platform keeps what others held', async () => {
    const leftovers = {
      text: 'Hi',
      url: 'photo.jpg',
      template_header_text: 'Hi {{1}} {{3}}',
      template_header_parameters: ['a', 'b', 'c'],
      template_header_url: 'nowhere',
      template_header_filename: ['a'],
    };
    sends([body]);
    await send({ ...leftovers, template_header_type: '' });
    sends([{ type: 'header', format: 'text', text: 'Ready' }, body]);
    await send({
      ...leftovers,
      template_header_type: 'text',
      template_header_text: 'Ready',
      template_header_parameters: [],
    });
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
    ['rows left empty', [{}, { text: '', url: null }, { text: 'Yes' }], [yes]],
    ['a number as text', [{ text: 5 }], [{ type: 'quick_reply', text: '5' }]],
    [
      'an address without a variable',
      [{ text: 'Open', url: ' https://example.com ' }],
      [{ type: 'url', text: 'Open', url: 'https://example.com' }],
    ],
    ['an address of spaces', [{ text: 'Yes', url: ' ' }], [yes]],
    ['ten of them', Array(10).fill({ text: 'Yes' }), Array(10).fill(yes)],
  ])('given as %s', async (_shape, template_buttons, buttons) => {
    sends([body, { type: 'buttons', buttons }]);
    await send({ template_buttons });
  });

  it.each([[[]], [''], [null], [{}], ['[]'], [[{ text: '', url: '', value: '' }]]])(
    'sends none where %j was left empty',
    async (template_buttons) => {
      sends([body]);
      await send({ template_buttons });
    },
  );

  it('sends header, body and buttons in this order', async () => {
    sends([{ type: 'header', format: 'text', text: 'Ready' }, body, { type: 'buttons', buttons: [yes] }]);
    await send({
      template_buttons: [{ text: 'Yes' }],
      template_header_text: 'Ready',
      template_header_type: 'text',
    });
  });
});

describe('a template is refused before anything is sent', () => {
  const wrongLink =
    'The Template Header URL field does not contain a link that starts with http:// or https://. Enter a public link that opens the image directly, like "https://example.com/photo.jpg". To send the file of another step, map it into Template Header File.';
  const noRows =
    'The Template Buttons field does not contain line items. Fill in Button Text for each button of the template.';
  const image = (template_header_url: unknown) => ({ template_header_type: 'image', template_header_url });
  const link = 'https://example.com/{{1}}';

  it.each([
    [{ template_name: '' }, 'The Template Name field is empty. Copy the name of the approved template.'],
    [
      { template_language: null },
      'The Template Language field is empty. Choose the language of the approved template, or enter its code, like "es_MX".',
    ],
    [{ template_text: ' ' }, 'The Template Text field is empty. Copy the text of the approved template.'],
    [
      { template_header_type: 'audio' },
      'The Template Header Type field must be one of: "Text", "Image", "Video", "Document". Choose it from the list, or leave it empty if the template has no header.',
    ],
    [
      header(' '),
      'The Template Header Text field is empty. Copy the header of the approved template, or leave Template Header Type empty.',
    ],
    [
      image(undefined),
      'The Template Header URL field is empty. Enter a public link that opens the image directly, like "https://example.com/photo.jpg". To send the file of another step, map it into Template Header File.',
    ],
    [
      { template_header_type: 'document', template_header_filename: 'a.pdf' },
      'The Template Header URL field is empty. Enter a public link that opens the document directly, like "https://example.com/invoice.pdf". To send the file of another step, map it into Template Header File.',
    ],
    [
      { ...image('https://example.com/a.jpg'), template_header_file: 'https://example.com/b.jpg' },
      'The Template Header URL and Template Header File fields are both filled in. Empty one of them.',
    ],
    [image('photo.jpg'), wrongLink],
    [image('ftp://example.com/photo.jpg'), wrongLink],
    [image('javascript:alert(1)'), wrongLink],
    [
      header('Hi {{1}}'),
      'The Template Header Text field has 1 variable, but the Template Header Variables field has 0 values. Enter one value for each variable, in the same order.',
    ],
    [
      header('Hi {{2}}', 'Ana'),
      'The Template Header Text field contains "{2}", but variables must be numbered {1}, {2} and so on, without gaps. Copy the text of the approved template.',
    ],
    [
      header('Hi', 'Ana'),
      'The Template Header Text field has no variable, but the Template Header Variables field has a value. Zapier may have taken {{1}} out of the text: write {1} instead, or empty the Template Header Variables field.',
    ],
    [
      { template_text: '{{0}}', template_parameters: ['Ana'] },
      'The Template Text field contains "{0}", but variables must be numbered {1}, {2} and so on, without gaps. Copy the text of the approved template.',
    ],
    [
      { template_text: 'Hi', template_parameters: ['Ana'] },
      'The Template Text field has no variable, but the Template Variables field has a value. Zapier may have taken {{1}} out of the text: write {1} instead, or empty the Template Variables field.',
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
      buttons({}, { text: 'Track', url: link }),
      'The Button 2 URL field has 1 variable, but the Button 2 Value field has 0 values. Enter one value for each variable, in the same order.',
    ],
    [
      buttons({ text: 'Track', url: 'https://example.com', value: 'A1' }),
      'The Button 1 URL field has no variable, but the Button 1 Value field has a value. Zapier may have taken {{1}} out of the text: write {1} instead, or empty the Button 1 Value field.',
    ],
    [
      buttons({ text: 'Yes', value: 'A1' }),
      'The Button 1 URL field has no variable, but the Button 1 Value field has a value. Zapier may have taken {{1}} out of the text: write {1} instead, or empty the Button 1 Value field.',
    ],
    [
      buttons({ text: 'Track', url: 'https://example.com/{{2}}', value: 'A1' }),
      'The Button 1 URL field contains "{2}", but variables must be numbered {1}, {2} and so on, without gaps. Copy the text of the approved template.',
    ],
    [
      buttons({ text: 'Track', url: 'example.com' }),
      'The Button 1 URL field does not contain a link that starts with http:// or https://. Copy it from the approved button, like "https://example.com/{1}".',
    ],
    [
      buttons({ text: ['Yes', 'No'] }),
      'The Button 1 Text field contains something other than text, a number or yes/no. Map a single value into it.',
    ],
    [{ template_buttons: 'Yes' }, noRows],
    [{ template_buttons: '{"text": ' }, noRows],
    [{ template_buttons: '["Yes"]' }, noRows],
    [{ template_buttons: 7 }, noRows],
    [buttons('Yes', 'No'), noRows],
    [buttons(null, null), noRows],
    [buttons([['Yes']]), noRows],
  ])('%j', async (inputs, sentence) => {
    expect(await failure(send(inputs))).toEqual({ kind: 'HaltedError', sentence });
  });
});

describe('any template', () => {
  const text = fc
    .string({ unit: 'grapheme' })
    .filter((value) => /[\p{L}\p{N}]/u.test(value) && !/\{/.test(value));
  const filled = fc.array(text, { maxLength: 4 }).chain((values) =>
    fc.tuple(fc.constant(values), text).map(([values, start]) => ({
      text: start + values.map((_, index) => ` {{${index + 1}}}`).join(''),
      values,
    })),
  );
  const button = fc.record({
    text,
    path: fc.webPath(),
    value: fc.option(text, { nil: '' }),
    isReply: fc.boolean(),
  });
  const oneLine = (value: string) => value.replace(/\p{White_Space}+/gu, ' ');

  it('sends every text, value and button as they were typed', async () => {
    await fc.assert(
      fc.asyncProperty(
        filled,
        filled,
        fc.array(button, { maxLength: 10 }),
        async (header, content, buttons) => {
          const rows = buttons.map(({ text, path, value, isReply }) => {
            const url = `https://example.com${path}${value && '{{1}}'}`;
            return isReply ? { text } : { text, url, value };
          });
          const sent = rows.map(({ text, url, value }) =>
            url === undefined
              ? { type: 'quick_reply', text }
              : { type: 'url', text, url, ...valuesOf(...(value ? [oneLine(value)] : [])) },
          );
          sends([
            { type: 'header', format: 'text', text: header.text, ...valuesOf(...header.values.map(oneLine)) },
            { type: 'body', text: content.text, ...valuesOf(...content.values.map(oneLine)) },
            ...(sent.length > 0 ? [{ type: 'buttons', buttons: sent }] : []),
          ]);
          await send({
            template_text: content.text,
            template_parameters: content.values,
            template_header_type: 'text',
            template_header_text: header.text,
            template_header_parameters: header.values,
            template_buttons: rows,
          });
        },
      ),
    );
  });
});

describe('the form of a template', () => {
  const fieldSchema = schema.looseObject({ key: schema.string(), group: schema.string().default('none') });
  const form = async (template_header_type?: string) =>
    schema
      .array(fieldSchema)
      .parse(await run('creates.send_template.operation.inputFields', { template_header_type }));
  const media = ['template_header_url', 'template_header_file', 'template_header_filename'];

  it.each([
    [undefined, []],
    ['', []],
    ['mapped from another step', []],
    ['text', ['template_header_text', 'template_header_parameters']],
    ['image', media],
    ['video', media],
    ['document', media],
  ])(
    'shows for a header of type %s its fields, in groups; no choice decides the others',
    async (type, shown) => {
      const groups = Map.groupBy(await form(type), ({ group }) => group);
      expect([...groups].map(([group, of]) => [group, of.map(({ key }) => key)])).toEqual([
        ['none', ['contact_id', 'create_if_missing', 'force_cancel_survey']],
        [
          'template',
          ['name', 'language', 'text', 'parameters', 'value_if_empty'].map((key) => `template_${key}`),
        ],
        ['header', ['template_header_type', ...shown]],
        ['buttons', ['template_buttons']],
      ]);
    },
  );

  it('offers the languages of WhatsApp by their names, sorted', () => {
    expect(languageChoices).toMatchObject({ en: 'English', es_MX: 'Spanish (Mexico)', fil: 'Filipino' });
    const names = Object.values(languageChoices);
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b)));
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[A-Z]/.test(name))).toEqual([]);
    const named = new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' });
    for (const [code, name] of Object.entries(languageChoices))
      expect(named.of(code.replace('_', '-'))).toBe(name);
  });

  it('reads the form again when the type of the header is changed, and says what is not confirmed', async () => {
    const shown = await form();
    const type = shown.find(({ key }) => key === 'template_header_type');
    expect(type).toMatchObject({ altersDynamicFields: true });
    const told = JSON.stringify(shown).match(/Not confirmed for every channel yet/g);
    expect(told).toHaveLength(2);
  });
});
