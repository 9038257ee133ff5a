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
      status: 'success',
      message: 'Message Sent',
      created: false,
    });
  });

  it('sends a text where no type is chosen', async () => {
    sends({ body: [{ type: 'text', text: 'Hi' }] });
    await send({ text: 'Hi' });
  });

  it('joins several values for a text and a title with commas', async () => {
    sends({ body: [{ type: 'text', text: 'Mug,Cap' }] });
    await send({ text: ['Mug', 'Cap'] });
    sends({ body: [{ type: 'quick_reply', title: 'Mug,Cap', replies: ['Yes'] }] });
    await send({ message_type: 'quick_reply', title: ['Mug', 'Cap'], replies: ['Yes'] });
  });

  it.each(['image', 'video', 'audio', 'file'])('sends the %s at a link', async (type) => {
    sends({ body: [{ type, url: 'http://abc.com' }] });
    await send({ message_type: type, url: '\u00a0http://abc.com \u200b' });
  });

  it.each(['image', 'video', 'audio', 'file'])('sends the %s of another step', async (type) => {
    const url = 'https://zapier.com/engine/hydrate/1/.eJw:abc/?a=%20+';
    sends({ body: [{ type, url }] });
    await send({ message_type: type, url: ' ', file: url });
  });

  it('takes a success for one, whatever its words are', async () => {
    api().post('/message/sendContent/60123456789').reply(200, { status: 'Success', message: null });
    expect(await send({ text: 'Hi' })).toEqual({ id: '60123456789', status: 'success', created: false });
  });

  it.each([
    ['', 'Black', ' Blue '],
    ['Black\r\n Blue '],
    ['\u200b\nBlack\n\n Blue \n'],
    ['["Black", " Blue "]'],
  ])('sends the quick replies of %j, without empty ones', async (...replies) => {
    const title = 'What is you favorite color?';
    sends({ body: [{ type: 'quick_reply', title, replies: ['Black', ' Blue '] }] });
    await send({ message_type: 'quick_reply', title, replies });
  });

  it('sends texts, titles and replies byte for byte', async () => {
    sends({ body: [{ type: 'text', text: anything }] });
    await send({ text: anything });
    const replies = anything.split('\n');
    sends({ body: [{ type: 'quick_reply', title: anything, replies }] });
    await send({ message_type: 'quick_reply', title: anything, replies: [anything] });
  });

  const whatsapp = { authData: { ...authData, channel_type: 'whatsapp' } };
  const ask = (title: string, ...replies: string[]) => ({ message_type: 'quick_reply', title, replies });
  it.each([
    [{ text: 'x'.repeat(4097) }, 'The Text field has 4097 characters. Shorten it to at most 4096.'],
    [ask('🎉'.repeat(1025), 'Yes'), 'The Title field has 1025 characters. Shorten it to at most 1024.'],
    [ask('When?', 'Now', 'Later', ' Now'), /^The Replies field has "Now" more than once\. WhatsApp/],
    [ask('When?', 'Now\nLater\nLater'), /^The Replies field has "Later" more than once\./],
  ])(
    'refuses on WhatsApp what is too long or repeated, and sends it elsewhere: %#',
    async (inputs, sentence) => {
      expect(await failure(send(inputs, whatsapp))).toMatchObject({
        kind: 'HaltedError',
        sentence: typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
      });
      api().post('/message/sendContent/60123456789').reply(200, answer);
      await send(inputs);
    },
  );

  it.each([[{ text: '🎉'.repeat(4096) }], [ask('x'.repeat(1024), 'Yes', 'yes')]])(
    'sends on WhatsApp what it just takes: %#',
    async (inputs) => {
      api().post('/message/sendContent/60123456789').reply(200, answer);
      await send(inputs, whatsapp);
    },
  );

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
      created: false,
    });
  });

  it.each([
    [
      { contact_id: '' },
      'The Contact ID field is empty. Map the ID from a step that finds or creates the contact.',
    ],
    [{ text: ' ' }, 'The Text field is empty. Write the message to send.'],
    [
      { message_type: 'sticker' },
      'The Message Type field must be one of: "Text", "Image", "Video", "Audio", "File", "Quick Replies". Choose it from the list.',
    ],
    [
      { message_type: 'image', url: 'photo.jpg' },
      'The URL field does not contain a link that starts with http:// or https://. Enter a public link that opens the image directly, like "https://example.com/photo.jpg". To send the file of another step, map it into File.',
    ],
    [
      { message_type: 'file', url: 'javascript:alert(1)' },
      'The URL field does not contain a link that starts with http:// or https://. Enter a public link that opens the file directly, like "https://example.com/invoice.pdf". To send the file of another step, map it into File.',
    ],
    [
      { message_type: 'image', url: 'https://example.com/a.jpg', file: 'https://example.com/b.jpg' },
      'The URL and File fields are both filled in. Empty one of them.',
    ],
    [
      { message_type: 'audio', file: 'https://a.com/b.mp3,https://a.com/c.mp3' },
      'The File field contains a line break or more than one link. Enter a public link that opens the audio directly, like "https://example.com/voice.mp3".',
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

describe('the form of Send Message', () => {
  const fields = async (inputData?: Record<string, unknown>) => {
    const [, , shown] = App.creates.send_message.operation.inputFields ?? [];
    if (typeof shown !== 'function') {
      throw new Error('The third field is no function.');
    }
    return createAppTester(App)(shown, inputData && { inputData });
  };
  const keys = async (inputData?: Record<string, unknown>) => (await fields(inputData)).map(({ key }) => key);

  it.each([
    [undefined, ['text']],
    ['', ['text']],
    ['mapped from another step', []],
    ['text', ['text']],
    ['image', ['url', 'file']],
    ['video', ['url', 'file']],
    ['audio', ['url', 'file']],
    ['file', ['url', 'file']],
    ['quick_reply', ['title', 'replies']],
  ])('shows for %s only its fields', async (message_type, shown) => {
    expect(await keys(message_type === undefined ? undefined : { message_type })).toEqual(shown);
  });
});
