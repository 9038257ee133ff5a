import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createAppTester } from 'zapier-platform-core';
import App from '../../index.ts';
import { api, authData, failure, run } from '../support/zap.ts';

const send = (inputData: Record<string, unknown>, overrides = {}) =>
  run('creates.send_message', { contact_id: '60123456789', ...inputData }, overrides);

const answer = { status: 'Success', message: 'Message Sent', data: [] };
const sends = (body: object) =>
  api().post('/message/sendContent/60123456789', JSON.stringify(body)).reply(200, answer);

const anything = 'Hola {{first_name}} {{bundle.inputData.x}} 🎉 "a&b"\n+1 100%';

describe('Send Message', () => {
  it('sends a text, and outputs the contact with the words of the API', async () => {
    sends({ body: [{ type: 'text', text: 'Hi there' }] });
    expect(await send({ message_type: 'text', text: 'Hi there' })).toEqual({
      id: '60123456789',
      status: 'Success',
      message: 'Message Sent',
    });
  });

  it('sends a text where no type is chosen', async () => {
    sends({ body: [{ type: 'text', text: 'Hi' }] });
    await send({ text: 'Hi' });
  });

  it.each(['image', 'video', 'audio', 'file'])('sends the %s at a link', async (type) => {
    sends({ body: [{ type, url: 'http://abc.com' }] });
    await send({ message_type: type, url: ' http://abc.com ' });
  });

  it('takes a success for one, whatever its words are', async () => {
    api().post('/message/sendContent/60123456789').reply(200, { status: 'Success', message: null });
    expect(await send({ text: 'Hi' })).toEqual({ id: '60123456789', status: 'Success' });
  });

  it('sends quick replies, without empty ones', async () => {
    sends({
      body: [{ type: 'quick_reply', title: 'What is you favorite color?', replies: ['Black', ' Blue '] }],
    });
    await send({
      message_type: 'quick_reply',
      title: 'What is you favorite color?',
      replies: ['Black', '', ' Blue '],
    });
  });

  it('sends a WhatsApp template with a value for each variable, and outputs the ID of the message', async () => {
    const text = 'Hi {{1}}, {{2}} is ready, {{1}}!';
    const parameters = [
      { type: 'text', text: 'Ana' },
      { type: 'text', text: anything },
    ];
    const template = { name: 'ready', languageCode: 'en', components: [{ type: 'body', text, parameters }] };
    api()
      .post('/message/sendContent/60123456789', { body: [{ type: 'whatsapp_template', template }] })
      .reply(201, { status: 'success', data: { id: 1262 } });
    expect(
      await send({
        message_type: 'whatsapp_template',
        template_name: ' ready',
        template_language: ' en',
        template_text: text,
        template_parameters: ['Ana', anything, '', ' '],
      }),
    ).toEqual({ id: '60123456789', status: 'success', message_id: '1262' });
  });

  it('knows a variable of two digits', async () => {
    const numbers = Array.from({ length: 10 }, (_, index) => String(index + 1));
    const text = numbers.map((number) => `{{${number}}}`).join(' ');
    const parameters = numbers.map((value) => ({ type: 'text', text: value }));
    sendsTemplate([{ type: 'body', text, parameters }]);
    await send({ ...ready, template_text: text, template_parameters: numbers });
  });

  it('sends no parameters for a template without variables', async () => {
    const template = { name: 'hello', languageCode: 'es', components: [{ type: 'body', text: 'Hola' }] };
    sends({ body: [{ type: 'whatsapp_template', template }] });
    await send({
      message_type: 'whatsapp_template',
      template_name: 'hello',
      template_language: 'es',
      template_text: 'Hola',
    });
  });

  it('sends texts, titles and replies byte for byte', async () => {
    sends({ body: [{ type: 'text', text: anything }] });
    await send({ text: anything });
    sends({ body: [{ type: 'quick_reply', title: anything, replies: [anything] }] });
    await send({ message_type: 'quick_reply', title: anything, replies: [anything] });
  });

  it.each([
    [true, true],
    [' yes ', true],
    [false, false],
    ['0', false],
  ])('passes %j on as forceCancelSurvey, beside the message', async (typed, sent) => {
    sends({ body: [{ type: 'text', text: 'Hi' }], forceCancelSurvey: sent });
    await send({ text: 'Hi', force_cancel_survey: typed });
  });

  it('sends to a Viber contact by its ID in Base64', async () => {
    api().post('/message/sendContent/bmxvSS9UT0wyc2VxT0FqSHNsY3I3UT09').reply(204);
    const viber = { authData: { ...authData, channel_type: 'viber' } };
    expect(await send({ contact_id: 'nloI/TOL2seqOAjHslcr7Q==', text: 'Hi' }, viber)).toEqual({
      id: 'nloI/TOL2seqOAjHslcr7Q==',
      status: 'success',
    });
  });

  const template = { message_type: 'whatsapp_template', template_name: 'a', template_language: 'en' };
  it.each([
    [
      { contact_id: '' },
      'The Contact ID field is empty. Map the ID from a step that finds or creates the contact.',
    ],
    [{ text: ' ' }, 'The Text field is empty. Write the message to send.'],
    [
      { message_type: 'sticker' },
      'The Message Type field must be one of: text, image, video, audio, file, quick_reply, whatsapp_template.',
    ],
    [
      { message_type: 'image', url: 'photo.jpg' },
      'The URL field does not contain a link that starts with http:// or https://. Enter a public link that opens the image directly, like `https://example.com/photo.jpg`.',
    ],
    [
      { message_type: 'file', url: 'javascript:alert(1)' },
      'The URL field does not contain a link that starts with http:// or https://. Enter a public link that opens the file directly, like `https://example.com/invoice.pdf`.',
    ],
    [
      { message_type: 'quick_reply', title: ' ', replies: ['Red'] },
      'The Title field is empty. Write the text above the buttons.',
    ],
    [
      { message_type: 'quick_reply', title: 'Color?', replies: [' '] },
      'The Replies field has 0 replies. Fill in at least 1 and at most 10.',
    ],
    [
      { message_type: 'quick_reply', title: 'Color?', replies: Array(11).fill('Red') },
      'The Replies field has 11 replies. Fill in at least 1 and at most 10.',
    ],
    [
      { ...template, template_text: 'Hi {{1}} {{2}}', template_parameters: ['', 'b'] },
      'The Template Parameters field has no value for {{1}}. Enter a value for each variable.',
    ],
    [
      { ...template, template_text: 'Hi {{2}}', template_parameters: ['a'] },
      'The Template Text field contains {{2}}, but variables must be numbered {{1}}, {{2}} and so on, without gaps. Copy the text of the approved template.',
    ],
    [{ text: 'Hi', force_cancel_survey: 'maybe' }, 'The Cancel Running Survey field must be yes or no.'],
  ])('refuses %j before anything is sent', async (inputData, sentence) => {
    expect(await failure(send(inputData))).toEqual({ kind: 'HaltedError', sentence });
  });

  it('explains a link of the wrong type', async () => {
    api().post('/message/sendContent/60123456789').reply(403, {
      status: 'error',
      message: 'Sorry, Url provided is not an image/audio/video file',
      data: [],
    });
    expect(await failure(send({ message_type: 'image', url: 'https://a.example' }))).toEqual({
      kind: 'AppError',
      code: 'refused',
      status: 403,
      sentence:
        'app.bony.chat refused the request and gave this reason: "Sorry, Url provided is not an image/audio/video file". Check the URL field: it must be a public link that opens a file of the chosen message type directly, not a page.',
    });
  });

  it('waits for a few seconds where the channel gets too many messages, as nothing was sent', async () => {
    api()
      .post('/message/sendContent/60123456789')
      .reply(429, { status: 'error', message: 'Too many requests', data: [] });
    expect(await failure(send({ text: 'Hi' }))).toMatchObject({ kind: 'ThrottledError', delay: 5 });
  });

  it.each([
    [500, ''],
    [200, '<html>'],
    [200, 'null'],
    [200, '{"status": 7}'],
  ])(
    'says that the message may have been sent after %i %j, and does not send it again',
    async (status, body) => {
      api().post('/message/sendContent/60123456789').reply(status, body);
      expect(await failure(send({ text: 'Hi' }))).toMatchObject({
        kind: 'AppError',
        sentence: expect.stringMatching(
          /The message may have been sent anyway: check the conversation before you run this step again\.$/,
        ),
      });
    },
  );
});

/** What the form of a template holds besides its header and buttons, and what is sent of it. */
const ready = {
  message_type: 'whatsapp_template',
  template_name: 'ready',
  template_language: 'en',
  template_text: 'Hi {{1}}',
  template_parameters: ['Ana'],
};
const body = { type: 'body', text: 'Hi {{1}}', parameters: [{ type: 'text', text: 'Ana' }] };
const sendsTemplate = (components: object[]) =>
  sends({
    body: [{ type: 'whatsapp_template', template: { name: 'ready', languageCode: 'en', components } }],
  });

describe('Send Message, with a template that has a header', () => {
  it.each([
    [{ template_header_text: 'Order ready' }, { text: 'Order ready' }],
    [
      { template_header_text: 'Hi {{1}}', template_header_parameters: [anything, ''] },
      { text: 'Hi {{1}}', parameters: [{ type: 'text', text: anything }] },
    ],
  ])('of text: %j', async (inputs, sent) => {
    sendsTemplate([{ type: 'header', format: 'text', ...sent }, body]);
    await send({ ...ready, template_header_type: 'text', ...inputs });
  });

  it.each([
    ['image', 'https://example.com/a.jpg', undefined, 'a.jpg'],
    ['video', ' https://example.com/clips/b%20c.mp4?size=1#start ', '', 'b c.mp4'],
    ['document', 'http://example.com/d.pdf', 'Factura nº 1.pdf', 'Factura nº 1.pdf'],
    ['document', 'https://example.com/100%.pdf', undefined, '100%.pdf'],
    ['document', 'https://example.com/a%2Fb.pdf', undefined, 'b.pdf'],
    ['document', 'https://example.com', undefined, 'document'],
    ['image', 'https://example.com/photos/', ' ', 'image'],
  ])('of type %s at %s, named %j: %s', async (type, url, typed, filename) => {
    const media = { link: url.trim(), filename, caption: '' };
    sendsTemplate([{ type: 'header', format: type, parameters: [{ type, [type]: media }] }, body]);
    await send({
      ...ready,
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
    sendsTemplate([body]);
    await send({ ...leftovers, ...ready, template_header_type: '' });
    sendsTemplate([{ type: 'header', format: 'text', text: 'Ready' }, body]);
    await send({
      ...leftovers,
      ...ready,
      template_header_type: 'text',
      template_header_text: 'Ready',
      template_header_parameters: [],
    });
  });
});

describe('Send Message, with a template that has buttons', () => {
  const track = { text: 'Track', url: 'https://example.com/{{1}}', value: 'A1' };
  const trackSent = {
    type: 'url',
    text: 'Track',
    url: 'https://example.com/{{1}}',
    parameters: [{ type: 'text', text: 'A1' }],
  };
  const yes = { type: 'quick_reply', text: 'Yes' };

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
    sendsTemplate([body, { type: 'buttons', buttons }]);
    await send({ ...ready, template_buttons });
  });

  it.each([[[]], [''], [null], [{}], ['[]'], [[{ text: '', url: '', value: '' }]]])(
    'sends none where %j was left empty',
    async (template_buttons) => {
      sendsTemplate([body]);
      await send({ ...ready, template_buttons });
    },
  );

  it('sends header, body and buttons in this order', async () => {
    sendsTemplate([
      { type: 'header', format: 'text', text: 'Ready' },
      body,
      { type: 'buttons', buttons: [yes] },
    ]);
    await send({
      template_buttons: [{ text: 'Yes' }],
      template_header_text: 'Ready',
      template_header_type: 'text',
      ...ready,
    });
  });
});

describe('Send Message refuses a template before anything is sent', () => {
  const wrongLink =
    'The Template Header URL field does not contain a link that starts with http:// or https://. Enter a public link that opens the image directly, like `https://example.com/photo.jpg`.';
  const noRows =
    'The Template Buttons field does not contain line items. Fill in Button Text for each button of the template.';
  const image = (template_header_url: unknown) => ({ template_header_type: 'image', template_header_url });
  const header = (template_header_text: unknown, ...template_header_parameters: unknown[]) => ({
    template_header_type: 'text',
    template_header_text,
    template_header_parameters,
  });
  const buttons = (...template_buttons: unknown[]) => ({ template_buttons });
  const link = 'https://example.com/{{1}}';

  it.each([
    [
      { template_header_type: 'audio' },
      'The Template Header Type field must be one of: text, image, video, document. Leave it empty if the template has no header.',
    ],
    [
      header(' '),
      'The Template Header Text field is empty. Copy the header of the approved template, or leave Template Header Type empty.',
    ],
    [
      image(undefined),
      'The Template Header URL field is empty. Enter a public link that opens the image directly, like `https://example.com/photo.jpg`.',
    ],
    [
      { template_header_type: 'document', template_header_filename: 'a.pdf' },
      'The Template Header URL field is empty. Enter a public link that opens the document directly, like `https://example.com/invoice.pdf`.',
    ],
    [image('photo.jpg'), wrongLink],
    [image('ftp://example.com/photo.jpg'), wrongLink],
    [image('javascript:alert(1)'), wrongLink],
    [
      header('Hi {{1}}'),
      'The Template Header Text field has 1 variable, but the Template Header Parameters field has 0 values. Enter one value for each variable, in the same order.',
    ],
    [
      header('Hi {{2}}', 'Ana'),
      'The Template Header Text field contains {{2}}, but variables must be numbered {{1}}, {{2}} and so on, without gaps. Copy the text of the approved template.',
    ],
    [
      header('Hi', 'Ana'),
      'The Template Header Text field has no variable, so the Template Header Parameters field must be empty. Empty it, or copy the approved text again with its {{1}}.',
    ],
    [
      { template_text: '{{0}}', template_parameters: ['Ana'] },
      'The Template Text field contains {{0}}, but variables must be numbered {{1}}, {{2}} and so on, without gaps. Copy the text of the approved template.',
    ],
    [
      { template_text: '{{1}} {{2}}', template_parameters: [' ', 'Ana', ' '] },
      'The Template Parameters field has no value for {{1}}. Enter a value for each variable.',
    ],
    [
      { template_text: 'Hi', template_parameters: ['Ana'] },
      'The Template Text field has no variable, so the Template Parameters field must be empty. Empty it, or copy the approved text again with its {{1}}.',
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
      'The Button 1 URL field has no variable, so the Button 1 Value field must be empty. Empty it, or copy the approved text again with its {{1}}.',
    ],
    [
      buttons({ text: 'Yes', value: 'A1' }),
      'The Button 1 URL field has no variable, so the Button 1 Value field must be empty. Empty it, or copy the approved text again with its {{1}}.',
    ],
    [
      buttons({ text: 'Track', url: 'https://example.com/{{2}}', value: 'A1' }),
      'The Button 1 URL field contains {{2}}, but variables must be numbered {{1}}, {{2}} and so on, without gaps. Copy the text of the approved template.',
    ],
    [
      buttons({ text: 'Track', url: 'example.com' }),
      'The Button 1 URL field does not contain a link that starts with http:// or https://. Copy it from the approved button, like `https://example.com/{{1}}`.',
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
    expect(await failure(send({ ...ready, ...inputs }))).toEqual({ kind: 'HaltedError', sentence });
  });
});

describe('Send Message, with any template', () => {
  const text = fc
    .string({ unit: 'grapheme' })
    .filter((value) => value.trim() !== '' && !value.includes('{{'));
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
  const parameters = (values: string[]) =>
    values.length > 0 ? { parameters: values.map((value) => ({ type: 'text', text: value })) } : {};

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
              : { type: 'url', text, url, ...parameters(value ? [value] : []) },
          );
          sendsTemplate([
            { type: 'header', format: 'text', text: header.text, ...parameters(header.values) },
            { type: 'body', text: content.text, ...parameters(content.values) },
            ...(sent.length > 0 ? [{ type: 'buttons', buttons: sent }] : []),
          ]);
          await send({
            ...ready,
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

describe('the form of Send Message', () => {
  const fields = async (inputData?: Record<string, unknown>) => {
    const [, , shown] = App.creates.send_message.operation.inputFields ?? [];
    if (typeof shown !== 'function') {
      throw new Error('The third field is no function.');
    }
    return createAppTester(App)(shown, inputData && { inputData });
  };
  const keys = async (inputData?: Record<string, unknown>) =>
    (await fields(inputData)).map(({ key, children }) =>
      children ? `${key}: ${children.map((child) => child.key).join(', ')}` : key,
    );

  it.each([
    [undefined, ['text']],
    ['', ['text']],
    ['mapped from another step', []],
    ['text', ['text']],
    ['image', ['url']],
    ['video', ['url']],
    ['audio', ['url']],
    ['file', ['url']],
    ['quick_reply', ['title', 'replies']],
  ])('shows for %s only its fields', async (message_type, shown) => {
    expect(await keys(message_type === undefined ? undefined : { message_type })).toEqual(shown);
  });

  const media = ['template_header_url', 'template_header_filename'];
  it.each([
    [undefined, []],
    ['', []],
    ['mapped from another step', []],
    ['text', ['template_header_text', 'template_header_parameters']],
    ['image', media],
    ['video', media],
    ['document', media],
  ])('shows for a template with a header of type %s only its fields', async (template_header_type, shown) => {
    expect(await keys({ message_type: 'whatsapp_template', template_header_type })).toEqual([
      'template_name',
      'template_language',
      'template_text',
      'template_parameters',
      'template_header_type',
      ...shown,
      'template_buttons: text, url, value',
    ]);
    expect(await keys({ message_type: 'text', template_header_type })).toEqual(['text']);
  });

  it('offers the languages of WhatsApp by their names, sorted', async () => {
    const [, language] = await fields({ message_type: 'whatsapp_template' });
    const choices: Record<string, string> = Object(language?.choices);
    expect(choices).toMatchObject({ en: 'English', es_MX: 'Spanish (Mexico)', pt_BR: 'Portuguese (Brazil)' });
    const names = Object.values(choices);
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b)));
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[A-Z]/.test(name))).toEqual([]);
  });

  it('reads the form again when the type of the header is changed, and says what is inferred', async () => {
    const shown = await fields({ message_type: 'whatsapp_template' });
    const header = shown.find(({ key }) => key === 'template_header_type');
    const buttons = shown.find(({ key }) => key === 'template_buttons');
    expect(header).toMatchObject({ altersDynamicFields: true });
    for (const helpText of [header?.helpText, buttons?.children?.[0]?.helpText]) {
      expect(helpText).toMatch(/are not in the API documentation.*Send one to yourself first\.$/);
    }
  });
});
