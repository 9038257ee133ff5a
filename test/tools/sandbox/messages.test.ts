import { expect, test } from '@jest/globals';
import { failure, start } from './client.ts';

const PATH = '/message/sendContent/1776025372480910';
const SENT = { status: 200, body: { status: 'Success', message: 'Message Sent', data: [] } };

test.each([
  { type: 'text', text: 'Hi there' },
  { type: 'image', url: 'http://abc.com' },
  { type: 'video', url: 'http://abc.com' },
  { type: 'audio', url: 'http://abc.com' },
  { type: 'file', url: 'http://abc.com' },
  { type: 'quick_reply', title: 'What is you favorite color?', replies: ['Black', 'Blue', 'Grey', 'Red'] },
])('the sample of a message of type $type is sent and kept', async (message) => {
  const { send, sandbox } = await start({ now: () => 1_700_000_000 });
  expect(await send('POST', PATH, { body: [message] })).toEqual(SENT);
  expect(sandbox.store.messagesOf('1776025372480910')).toEqual([
    { id: '1', contactId: '1776025372480910', at: 1_700_000_000, message, forceCancelSurvey: false },
  ]);
});

test('a conversation is kept newest last, byte for byte, and leaves the contact as it is', async () => {
  const { send, sandbox } = await start();
  const before = sandbox.store.get('1776025372480910');
  const texts = ['{{1}} "é" 👍🏽\n+&#%', ' '];
  for (const text of texts)
    await send('POST', PATH, { body: [{ type: 'text', text }], forceCancelSurvey: true });
  const kept = sandbox.store.messagesOf('1776025372480910');
  expect(kept.map(({ message }) => message)).toEqual(texts.map((text) => ({ type: 'text', text })));
  expect(kept.every(({ forceCancelSurvey }) => forceCancelSurvey)).toBe(true);
  expect(sandbox.store.get('1776025372480910')).toEqual(before);
});

const body = { type: 'body', text: 'Hi' };
const variable = (text: string) => ({ type: 'text', text });
const ofMedia = (format: string, media: object) => ({
  type: 'header',
  format,
  parameters: [{ type: format, [format]: media }],
});
const media = { link: 'https://example.com/a', filename: 'a', caption: '' };
const textHeader = { type: 'header', format: 'text', text: 'Hi {{1}}', parameters: [variable('Ana')] };
const track = { type: 'url', text: 'Track', url: 'https://example.com/{{1}}', parameters: [variable('A1')] };
const yes = { type: 'quick_reply', text: 'Yes' };
const ofButtons = (...buttons: object[]) => ({ type: 'buttons', buttons });

function ofComponents(...components: object[]) {
  return { type: 'whatsapp_template', template: { name: 'order', languageCode: 'en', components } };
}

test('a template answers 201 and the ID of the message', async () => {
  const { send } = await start();
  const text = 'Hi {{1}}, {{2}} for {{1}}';
  const message = ofComponents({ ...body, text, parameters: [variable('A'), variable('B')] });
  expect(await send('POST', PATH, { body: [message] })).toEqual({
    status: 201,
    body: { status: 'success', data: { id: '1' } },
  });
});

test.each([
  ['a body alone', [body]],
  ['a picture', [ofMedia('image', media), body]],
  ['a video', [ofMedia('video', media), body]],
  ['a document', [ofMedia('document', { ...media, caption: 'Your invoice' }), body]],
  ['a text', [textHeader, body]],
  ['a text without variables', [{ type: 'header', format: 'text', text: 'Hi' }, body]],
  ['buttons', [body, ofButtons(track, yes)]],
  [
    'a button to a fixed address',
    [body, ofButtons({ type: 'url', text: 'Shop', url: 'https://example.com' })],
  ],
  ['a header and ten buttons', [textHeader, body, ofButtons(...Array(10).fill(yes))]],
])('a template with %s is sent and kept byte for byte', async (_, components) => {
  const { send, sandbox } = await start();
  const message = ofComponents(...components);
  expect((await send('POST', PATH, { body: [message] })).status).toBe(201);
  expect(sandbox.store.messagesOf('1776025372480910')).toMatchObject([{ message }]);
});

test.each([
  ['no components', []],
  ['a variable without a parameter', [{ ...body, text: 'Hi {{1}}' }]],
  ['a parameter without a variable', [{ ...body, parameters: [variable('A')] }]],
  ['no parameters, yet a list', [{ ...body, parameters: [] }]],
  [
    'a gap between variables',
    [{ ...body, text: 'Hi {{1}} {{3}}', parameters: [variable('A'), variable('B')] }],
  ],
  ['a header alone', [textHeader]],
  ['a header after the body', [body, textHeader]],
  ['buttons before the body', [ofButtons(yes), body]],
  ['two bodies', [body, body]],
  ['two headers', [textHeader, textHeader, body]],
  ['a header of another format', [ofMedia('audio', media), body]],
  ['a header without its text', [{ type: 'header', format: 'text' }, body]],
  ['a header whose variable has no value', [{ ...textHeader, parameters: undefined }, body]],
  ['a header with a value too many', [{ ...textHeader, text: 'Hi' }, body]],
  ['a picture without its link', [ofMedia('image', { ...media, link: undefined }), body]],
  ['a link that is not http', [ofMedia('image', { ...media, link: 'ftp://example.com/a' }), body]],
  ['a picture without a file name', [ofMedia('image', { ...media, filename: '' }), body]],
  ['a picture without a caption', [ofMedia('image', { ...media, caption: undefined }), body]],
  ['an unknown key of a picture', [ofMedia('image', { ...media, id: '1' }), body]],
  ['a picture in a header for a video', [{ ...ofMedia('image', media), format: 'video' }, body]],
  [
    'two pictures',
    [{ ...ofMedia('image', media), parameters: Array(2).fill({ type: 'image', image: media }) }, body],
  ],
  ['no buttons, yet the component', [body, ofButtons()]],
  ['11 buttons', [body, ofButtons(...Array(11).fill(yes))]],
  ['a button without text', [body, ofButtons({ ...yes, text: '' })]],
  ['a button of another type', [body, ofButtons({ type: 'call', text: 'Call' })]],
  ['a button without its URL', [body, ofButtons({ type: 'url', text: 'Shop' })]],
  ['a button whose variable has no value', [body, ofButtons({ ...track, parameters: undefined })]],
  ['a quick reply with a value', [body, ofButtons({ ...yes, parameters: [variable('A')] })]],
])('a template with %s is refused and not kept', async (_, components) => {
  const { send, sandbox } = await start();
  const answer = await send('POST', PATH, { body: [ofComponents(...components)] });
  expect(answer).toEqual(failure(403, expect.stringContaining('body.0.template.components')));
  expect(sandbox.store.messagesOf('1776025372480910')).toEqual([]);
});

test.each([
  ['image', 'https://a.test/b.MP3?x=.png'],
  ['image', 'https://a.test/b.pdf'],
  ['video', 'https://a.test/b.jpeg'],
  ['audio', 'https://a.test/b.mov'],
])('%s from %s is refused in the words of the documents', async (type, url) => {
  const { send, sandbox } = await start();
  expect(await send('POST', PATH, { body: [{ type, url }] })).toEqual(
    failure(403, 'Sorry, Url provided is not an image/audio/video file'),
  );
  expect(sandbox.store.messagesOf('1776025372480910')).toEqual([]);
});

test.each([
  ['image', 'https://a.test/b.WEBP'],
  ['video', 'https://a.test/b.webm#.mp3'],
  ['audio', 'https://a.test/b.webm'],
  ['image', 'https://a.test/render.php?file=a.mp3'],
  ['file', 'https://a.test/b.png'],
])('%s from %s is accepted', async (type, url) => {
  const { send } = await start();
  expect(await send('POST', PATH, { body: [{ type, url }] })).toEqual(SENT);
});

const text = { type: 'text', text: 'A' };
const replies = (list: unknown) => ({ body: [{ type: 'quick_reply', title: 'A', replies: list }] });
test.each([
  ['two messages', { body: [text, text] }],
  ['no message', { body: [] }],
  ['no body', {}],
  ['an unknown key', { body: [text], extra: 1 }],
  ['an unknown key in the message', { body: [{ ...text, url: 'http://abc.com' }] }],
  ['an unknown type', { body: [{ type: 'sticker', text: 'A' }] }],
  ['empty text', { body: [{ type: 'text', text: '' }] }],
  ['text that is a number', { body: [{ type: 'text', text: 1 }] }],
  ['a URL that is none', { body: [{ type: 'image', url: 'abc' }] }],
  ['a URL after a space', { body: [{ type: 'image', url: ' http://abc.com' }] }],
  ['a URL that is not http', { body: [{ type: 'file', url: 'ftp://abc.com/a' }] }],
  ['forceCancelSurvey as text', { body: [text], forceCancelSurvey: 'true' }],
  ['forceCancelSurvey in the message', { body: [{ ...text, forceCancelSurvey: true }] }],
  ['no quick replies', replies([])],
  ['11 quick replies', replies(Array(11).fill('A'))],
  ['a quick reply of 21 characters', replies(['A'.repeat(21)])],
])('a message with %s is refused and not kept', async (_, body) => {
  const { send, sandbox } = await start();
  expect(await send('POST', PATH, body)).toEqual(failure(403, expect.any(String)));
  expect(sandbox.store.messagesOf('1776025372480910')).toEqual([]);
});

test('ten quick replies of twenty characters are sent, emoji counted as one', async () => {
  const { send } = await start();
  expect(await send('POST', PATH, replies(Array(10).fill('👍'.repeat(20))))).toEqual(SENT);
});
