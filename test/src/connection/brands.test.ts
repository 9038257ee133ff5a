import { expect, it } from '@jest/globals';

// A build writes the brand into the bundle. The sources read this variable instead, when they are imported.
process.env.CHANNEL_BRAND = 'telenet';
const { run } = await import('../../support/zap.ts');
const nock = (await import('nock')).default;

it("a brand's own build uses the host of its brand, whatever the connection holds", async () => {
  const authData = { channel_token: 'channel-token-1234', host: 'custom', custom_host: 'evil.example' };
  nock('https://app.telenet/api/v1').get(/./).reply(200, { data: [] });
  expect(await run('authentication.test', {}, { authData })).toEqual({ host: 'app.telenet' });
});
