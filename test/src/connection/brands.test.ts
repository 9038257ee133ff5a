import { describe, expect, it } from '@jest/globals';

// Stands for the build, which writes the brand into the bundle.
process.env.CHANNEL_BRAND = 'telenet';
const { default: App } = await import('../../../index.ts');
const { failure, run } = await import('../../support/zap.ts');
const nock = (await import('nock')).default;

describe("a brand's own build", () => {
  const authData = { channel_token: 'channel-token-1234', channel_name: 'Support' };

  it('sends the token to the host of its brand, whatever the connection holds', async () => {
    nock('https://app.telenet/api/v1').get(/./).reply(200, { data: [] });
    expect(
      await run(
        'authentication.test',
        {},
        { authData: { ...authData, host: 'custom', custom_host: 'evil.example' } },
      ),
    ).toEqual({ host: 'app.telenet' });
  });

  it('asks for no platform, and names its support where others would have a look at it', async () => {
    expect(App.authentication?.fields?.map(({ key }) => key)).not.toContain('host');
    nock('https://app.telenet/api/v1').get(/./).reply(200, '<html>');
    expect((await failure(run('authentication.test', {}, { authData }))).sentence).toContain(
      'If this continues, contact Telenet support.',
    );
  });
});
