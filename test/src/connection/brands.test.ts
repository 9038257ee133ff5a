import { expect, it } from '@jest/globals';

// The build writes the brand into the bundle. This variable replaces that, so it is set before the app is imported.
process.env.CHANNEL_BRAND = 'telenet';
const { default: App } = await import('../../../index.ts');
const { failure, run } = await import('../../support/zap.ts');
const nock = (await import('nock')).default;

it("a brand's own build uses the host of its brand, whatever the connection holds, and names its support", async () => {
  expect(App.authentication?.fields?.map(({ key }) => key)).not.toContain('host');
  const authData = {
    channel_token: 'channel-token-1234',
    channel_name: 'Support',
    host: 'custom',
    custom_host: 'evil.example',
  };
  const connect = () => run('authentication.test', {}, { authData });
  nock('https://app.telenet/api/v1').get(/./).reply(200, { data: [] }).get(/./).reply(200, '<html>');
  expect(await connect()).toEqual({ host: 'app.telenet' });
  expect((await failure(connect())).sentence).toContain('If this continues, contact Telenet support.');
});
