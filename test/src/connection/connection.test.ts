import { describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { api, authData, failure, run } from '../../support/zap.ts';

const connect = (changes = {}) => run('authentication.test', {}, { authData: { ...authData, ...changes } });
const custom = (custom_host: unknown) => ({ host: 'custom', custom_host });

const words = (text: string) => text.split(' ');
const privateEndings = words(
  'alt consul corp docker example home internal intranet invalid lan local localdomain localhost mail onion private test',
);
const loopbackServices = words(
  'nip.io sslip.io xip.io backname.io localtest.me lvh.me vcap.me fuf.me traefik.me lacolhost.com localho.st local.gd rbndr.us 1u.ms',
);

describe('connecting a channel', () => {
  it.each([undefined, '', 'MX', ' mx '])(
    'makes one harmless read, with the token without the blanks around it and the country %j',
    async (country) => {
      api().get('/contact/by_custom_field?name=firstName&value=Zapier').reply(200, { data: [] });
      const connection = { channel_token: ' channel-token-1234\n', country };
      expect(await connect(connection)).toEqual({ host: 'app.bony.chat' });
    },
  );

  const otherCharacters =
    'The Channel Token field contains spaces or other characters that tokens never have. Copy only the token, from Settings → Channels → the key icon.';
  const unknownPlatform =
    'The Platform field must be one of the platforms in the list. Choose yours, or choose Other platform and enter its address.';
  const noAddress =
    'The Platform Address field is empty. Enter only the address of your platform, like "app.example.com".';
  it.each([
    [
      { channel_token: undefined },
      'The Channel Token field is empty. Copy the token from Settings → Channels → the key icon.',
    ],
    [{ channel_token: 'Bearer x' }, otherCharacters],
    [{ channel_token: 'a\r\nX-Evil: 1' }, otherCharacters],
    [
      { country: 'Mexico' },
      'The Country field must be one of the countries in the list. Choose one, or leave the field empty.',
    ],
    ...['evil.example', '__proto__', undefined].map((host) => [{ host }, unknownPlatform] as const),
    ...['', undefined, null].map((typed) => [custom(typed), noAddress] as const),
    ...['/inbox', '/../evil.example', '/@evil.example'].map(
      (path) =>
        [
          custom(`https://chat.example.com${path}`),
          `The Platform Address field contains more than an address. Leave out "${path}" and enter only "chat.example.com".`,
        ] as const,
    ),
  ])('is refused with %j, before anything is sent', async (changes, sentence) => {
    expect(await failure(connect(changes))).toEqual({ kind: 'HaltedError', sentence });
  });
});

describe('the platform of a connection', () => {
  it.each(['app.bony.chat', 'app.1980tic.us', 'app.telenet'])('can be %s', async (host) => {
    nock(`https://${host}/api/v1`).get(/./).reply(200, { data: [] });
    expect(await connect({ host })).toEqual({ host });
  });

  it.each([
    ' Chat.Example.com ',
    ...words('chat.example.com https://chat.example.com/ http://chat.example.com chat.example.com/'),
  ])('can be the address %j', async (typed) => {
    nock('https://chat.example.com/api/v1').get(/./).reply(200, { data: [] });
    expect(await connect(custom(typed))).toEqual({ host: 'chat.example.com' });
  });

  it.each([
    ...privateEndings.flatMap((ending) => [`${ending}.example.com`, `chat.${ending}.com`, `chat.x${ending}`]),
    ...loopbackServices.flatMap((service) => [`${service}.example.com`, `my${service}`]),
    ...words('app.telenet mail.nip.com chat.xn.example.com chat.exn--a.com'),
    ...words('ec2-54-12-3-4.compute.amazonaws.com x10.0.0.1.example.com 10.0.0.1x.example.com'),
    ...words('app-10-0-0-1x.example.com 10.0.0.example.com 127-0-0.example.com'),
    ...words('1 9 11 100 110 126 128').map((first) => `${first}-0-0-1.example.com`),
    ...words('168-254 169-253 172-15 172-32 192-167 193-168').map((half) => `${half}-0-1.example.com`),
  ])('can be the public name %s, which looks like one that is refused', async (host) => {
    nock(`https://${host}/api/v1`).get(/./).reply(200, { data: [] });
    expect(await connect(custom(host))).toEqual({ host });
  });

  it.each([
    // Only a host name is allowed. With a port, a user or another protocol, the token could go to a different server.
    ...words('chat.example.com:8443 user@chat.example.com user:secret@chat.example.com'),
    ...words(
      'chat.example.com:443@evil.example evil.example@chat.example.com chat.example.com#@evil.example',
    ),
    'chat.example.com\\@evil.example',
    'evil.example\r\nHost: chat.example.com',
    'evil.example\u0000.example.com',
    ...words('ftp://chat.example.com http://chat.example.com:80 javascript:alert(1) file:///etc/passwd'),
    ...words('xhttps://chat.example.com //chat.example.com chat.example.com. chat..example.com'),
    ...words('-chat.example.com chat.example.com?x=1 chat.example.com#x'),
    'chat example.com',
    // These names lead to this machine or to a private network, or they do not exist on the public internet.
    ...words('localhost sandbox.localhost intranet printer.home.arpa chat.i2p'),
    ...privateEndings.map((ending) => `chat.${ending}`),
    ...loopbackServices.flatMap((service) => [service, `chat.${service}`]),
    ...words('127.0.0.1.nip.io 7f000001.nip.io app-192-168-0-1.sslip.io 10-0-0-1-chat.example.com'),
    ...words('0 10 127').map((first) => `${first}.255.0.1.example.com`),
    ...words('169-254 172-16 172-19 172-20 172-29 172-30 172-31 192-168').map(
      (half) => `app-${half}-0-1.example.com`,
    ),
    // IP addresses, public ones too, are refused in every notation that a URL parser understands.
    ...words('127.0.0.1 2130706433 0x7f000001 0x7f.0.0.1 0x7f.1 0177.0.0.1 127.1 169.254.169.254 8.8.8.8'),
    ...words('[::1] ::1 ::ffff:127.0.0.1 [::ffff:7f00:1]'),
    // Characters that look like others can disguise a host, so they are refused, in punycode too.
    ...words('арр.bony.chat ⓐpp.bony.chat app．bony．chat xn--bny-1na.chat chat.xn--bny-1na.com'),
    'chat。example。com',
  ])('cannot be %j', async (typed) => {
    expect(await failure(connect(custom(typed)))).toEqual({
      kind: 'HaltedError',
      sentence:
        'The Platform Address field does not contain a public web address. Enter only the address of your platform, like "app.example.com". Leave out any port, user name or IP address.',
    });
  });
});

describe('CHANNEL_API_BASE_URL', () => {
  it.each(['http://127.0.0.1:4010', 'http://localhost:4010/', 'http://[::1]:4010', 'https://127.10.0.123'])(
    'replaces the platform in development: %s',
    async (url) => {
      process.env.CHANNEL_API_BASE_URL = url;
      nock(new URL(url).origin)
        .get(/^\/api\/v1\/contact\/by_custom_field\?/)
        .reply(200, { data: [] });
      expect(await connect()).toEqual({ host: 'app.bony.chat' });
    },
  );

  it('needs no platform beside it, and does not make a forbidden one right', async () => {
    process.env.CHANNEL_API_BASE_URL = 'http://127.0.0.1:4010';
    nock('http://127.0.0.1:4010').get(/./).reply(200, { data: [] });
    expect(await connect({ host: undefined })).toEqual({ host: '127.0.0.1:4010' });
    expect(await failure(connect(custom('localhost')))).toMatchObject({ kind: 'HaltedError' });
  });

  it.each([
    ...words('https://evil.example http://127.0.0.1.evil.example http://localhost.evil.example'),
    ...words('http://my-localhost http://127.0.0.1@evil.example http://127.0.0.1.nip.io http://10.0.0.1'),
    ...words('http://0.0.0.0 ftp://127.0.0.1 http://127.0.0.1:4010/api/v1 nonsense'),
  ])('is refused where it does not point at this machine: %s', async (url) => {
    process.env.CHANNEL_API_BASE_URL = url;
    expect((await failure(connect())).sentence).toBe(
      'CHANNEL_API_BASE_URL is for development on this machine: set it to a loopback address like "http://127.0.0.1:4010", or unset it.',
    );
  });
});

it.each<[changes: object, label: string]>([
  [{}, 'Support (app.bony.chat)'],
  [{ ...custom('https://Chat.example.com/'), channel_name: ' Sales ' }, 'Sales (chat.example.com)'],
  [{ channel_name: '' }, 'app.bony.chat'],
  [{ channel_name: undefined, channel_type: 'whatsapp' }, 'WhatsApp (app.bony.chat)'],
  [{ channel_name: 'my channel-token-1234', channel_type: 'viber' }, 'Viber (app.bony.chat)'],
])('a connection with %j is labeled with its name or type, and its platform: %s', async (changes, label) => {
  const connection = { authData: { ...authData, ...changes } };
  expect(await run('authentication.connectionLabel', {}, connection)).toBe(label);
});
