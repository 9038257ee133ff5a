import { describe, expect, it } from '@jest/globals';
import * as schema from 'zod';
import { api, authData, failure, run } from '../support/zap.ts';

const send = (inputData: object, connection = {}) =>
  run(
    'creates.send_message',
    { contact_id: '60123456789', ...inputData },
    { authData: { ...authData, ...connection } },
  );

const answer = { status: 'Success', message: 'Message Sent', data: [] };
const posts = (body?: string) => api().post('/message/sendContent/60123456789', body);
const apiTakes = (body: object) => posts(JSON.stringify(body)).reply(200, answer);
const ask = (title: unknown, ...replies: unknown[]) => ({ message_type: 'quick_reply', title, replies });

describe('Send Message', () => {
  it('sends a text, and outputs the contact with the words of the API', async () => {
    apiTakes({ body: [{ type: 'text', text: 'Hi there' }] });
    expect(await send({ message_type: 'text', text: 'Hi there' })).toEqual({
      id: '60123456789',
      status: 'success',
      message: 'Message Sent',
      created: false,
    });
  });

  const anything = 'Hola {{first_name}} {{bundle.inputData.x}} 🎉 "a&b"\n+1 100%';
  it.each([
    [{ text: 'Hi' }, { type: 'text', text: 'Hi' }],
    [{ text: ['Mug', 'Cap'] }, { type: 'text', text: 'Mug,Cap' }],
    [{ text: anything }, { type: 'text', text: anything }],
    [ask(['Mug', 'Cap'], 'Yes'), { type: 'quick_reply', title: 'Mug,Cap', replies: ['Yes'] }],
    [ask(anything, anything), { type: 'quick_reply', title: anything, replies: anything.split('\n') }],
  ])('sends for %j the message %j', async (inputs, message) => {
    apiTakes({ body: [message] });
    await send(inputs);
  });

  it.each(['image', 'video', 'audio', 'file'])('sends the %s at a link or of another step', async (type) => {
    apiTakes({ body: [{ type, url: 'http://abc.com' }] });
    await send({ message_type: type, url: '\u00a0http://abc.com \u200b' });
    const file = 'https://zapier.com/engine/hydrate/1/.eJw:abc/?a=%20+';
    apiTakes({ body: [{ type, url: file }] });
    await send({ message_type: type, url: ' ', file });
  });

  it.each([
    ['', 'Black', ' Blue '],
    ['Black\r\n Blue '],
    ['\u200b\nBlack\n\n Blue \n'],
    ['["Black", " Blue "]'],
  ])('sends the quick replies of %j, without empty ones', async (...replies) => {
    apiTakes({ body: [{ type: 'quick_reply', title: 'Which?', replies: ['Black', ' Blue '] }] });
    await send(ask('Which?', ...replies));
  });

  it.each([
    [200, { status: 'Success', message: null }],
    [204, ''],
  ])('takes %i %j for a success', async (status, words) => {
    posts().reply(status, words);
    expect(await send({ text: 'Hi' })).toEqual({ id: '60123456789', status: 'success', created: false });
  });

  const whatsapp = { channel_type: 'whatsapp' };
  it.each<[inputs: object, sentence: string]>([
    [{ text: 'x'.repeat(4097) }, 'The Text field has 4097 characters. Shorten it to at most 4096.'],
    [ask('🎉'.repeat(1025), 'Yes'), 'The Title field has 1025 characters. Shorten it to at most 1024.'],
    [
      ask('When?', 'Now', 'Later', ' Now'),
      'The Replies field has "Now" more than once. WhatsApp takes no equal replies: change or remove one.',
    ],
  ])(
    'refuses on WhatsApp what is too long or repeated, and sends it elsewhere: %#',
    async (inputs, sentence) => {
      expect(await failure(send(inputs, whatsapp))).toEqual({ kind: 'HaltedError', sentence });
      posts().reply(200, answer);
      await send(inputs);
    },
  );

  it.each([[{ text: '🎉'.repeat(4096) }], [ask('x'.repeat(1024), 'Yes', 'yes')]])(
    'sends on WhatsApp what it just takes: %#',
    async (inputs) => {
      posts().reply(200, answer);
      await send(inputs, whatsapp);
    },
  );

  it.each([
    [true, true],
    [' yes ', true],
    [false, false],
    ['0', false],
  ])('passes %j on as forceCancelSurvey, beside the message', async (typed, sent) => {
    apiTakes({ body: [{ type: 'text', text: 'Hi' }], forceCancelSurvey: sent });
    await send({ text: 'Hi', force_cancel_survey: typed });
  });

  it.each([
    [
      { contact_id: '' },
      'The Contact ID field is empty. Map the ID from a step that finds or creates the contact.',
    ],
    [{ text: ' ' }, 'The Text field is empty. Write the message to send.'],
    [
      { message_type: 'fax' },
      'The Message Type field must be one of: "Text", "Image", "Video", "Audio", "File", "Quick Replies". Choose it from the list.',
    ],
    [
      { message_type: 'image', url: 'photo.jpg' },
      'The URL field does not contain a link that starts with http:// or https://. Enter a public link that opens the image directly, like "https://example.com/photo.jpg". To send the file of another step, map it into File.',
    ],
    [
      { message_type: 'image', url: 'https://example.com/a.jpg', file: 'https://example.com/b.jpg' },
      'The URL and File fields are both filled in. Empty one of them.',
    ],
    [
      { message_type: 'audio', file: 'https://a.com/b.mp3,https://a.com/c.mp3' },
      'The File field contains a line break or more than one link. Enter a public link that opens the audio directly, like "https://example.com/voice.mp3".',
    ],
    [ask(' ', 'Red'), 'The Title field is empty. Write the text above the buttons.'],
    [ask('Color?', ' '), 'The Replies field has 0 replies. Fill in at least 1 and at most 10.'],
    [{ text: 'Hi', force_cancel_survey: 'maybe' }, 'The Cancel Running Survey field must be yes or no.'],
  ])('refuses %j before anything is sent', async (inputData, sentence) => {
    expect(await failure(send(inputData))).toEqual({ kind: 'HaltedError', sentence });
  });

  it('explains a link of the wrong type', async () => {
    const message = 'Sorry, Url provided is not an image/audio/video file';
    posts().reply(403, { status: 'error', message, data: [] });
    expect(await failure(send({ message_type: 'image', url: 'https://a.example' }))).toEqual({
      kind: 'AppError',
      code: 'refused',
      status: 403,
      sentence: `app.bony.chat refused the request and gave this reason: "${message}". Check the URL field: it must be a public link that opens a file of the chosen message type directly, not a page.`,
    });
  });

  it('waits for a few seconds if the channel gets too many messages, as nothing was sent', async () => {
    posts().reply(429, { status: 'error', message: 'Too many requests', data: [] });
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
      posts().reply(status, body);
      expect(await failure(send({ text: 'Hi' }))).toMatchObject({
        kind: 'AppError',
        sentence: expect.stringMatching(
          /The message may have been sent anyway: check the conversation before you run this step again\.$/,
        ),
      });
    },
  );

  it.each([
    ['', ['text']],
    ['mapped from another step', []],
    ['image', ['url', 'file']],
    ['quick_reply', ['title', 'replies']],
  ])('shows for the type "%s" only its fields', async (message_type, shown) => {
    const form = await run('creates.send_message.operation.inputFields', { message_type });
    const keys = schema
      .array(schema.object({ key: schema.string() }))
      .parse(form)
      .map(({ key }) => key);
    const always = ['contact_id', 'message_type', 'create_if_missing', 'force_cancel_survey'];
    expect(keys.filter((key) => !always.includes(key))).toEqual(shown);
  });
});
