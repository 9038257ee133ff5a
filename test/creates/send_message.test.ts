import { describe, expect, it } from '@jest/globals';
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
        template_name: 'ready',
        template_language: ' en',
        template_text: text,
        template_parameters: ['Ana', anything, ''],
      }),
    ).toEqual({ id: '60123456789', status: 'success', message_id: '1262' });
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
    ['yes', true],
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
      'The URL field does not hold a link that starts with http:// or https://. Give a public link straight to the image, like `https://example.com/photo.jpg`.',
    ],
    [
      { message_type: 'file', url: 'javascript:alert(1)' },
      'The URL field does not hold a link that starts with http:// or https://. Give a public link straight to the file, like `https://example.com/invoice.pdf`.',
    ],
    [
      { message_type: 'quick_reply', title: 'Color?', replies: [' '] },
      'The Replies field holds 0 replies. Fill in at least 1 and at most 10.',
    ],
    [
      { message_type: 'quick_reply', title: 'Color?', replies: Array(11).fill('Red') },
      'The Replies field holds 11 replies. Fill in at least 1 and at most 10.',
    ],
    [
      { ...template, template_text: 'Hi {{1}}' },
      'The Template Text field has 1 variable and the Template Parameters field 0 values. Fill in one value for each variable, in their order.',
    ],
    [
      { ...template, template_text: 'Hi {{1}} {{2}}', template_parameters: ['', 'b'] },
      'The Template Parameters field has no value for {{1}}. Fill in a value for each variable.',
    ],
    [
      { ...template, template_text: 'Hi {{2}}', template_parameters: ['a'] },
      'The Template Text field holds {{2}}, but variables must be numbered from {{1}} on, without gaps. Copy the text of the approved template.',
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
        'app.bony.chat refused the request: "Sorry, Url provided is not an image/audio/video file". Check the URL field: it must be a public link straight to a file of the chosen message type, not to a page.',
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
          /The message may have been sent all the same: look at the conversation before you run this step again\.$/,
        ),
      });
    },
  );
});

describe('the form of Send Message', () => {
  const form = async (message_type?: string) => {
    const [, , fields] = App.creates.send_message.operation.inputFields ?? [];
    if (typeof fields !== 'function') {
      throw new Error('The third field is no function.');
    }
    const shown = await createAppTester(App)(
      fields,
      message_type === undefined ? {} : { inputData: { message_type } },
    );
    return shown.map(({ key }) => key);
  };

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
    ['whatsapp_template', ['template_name', 'template_language', 'template_text', 'template_parameters']],
  ])('shows for %s only its fields', async (type, keys) => {
    expect(await form(type)).toEqual(keys);
  });
});
