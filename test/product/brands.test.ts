import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { brands } from '../../src/connection/brands.ts';
import { type Integration, loadBuiltIntegration } from '../../tools/zapier/runner.ts';
import { useChannel } from '../support/channel.ts';
import { review } from './review/review.ts';

const build = (...flags: string[]) =>
  execFileSync(process.execPath, ['tools/scripts/build.ts', ...flags], { encoding: 'utf8', stdio: 'pipe' });

describe.each(Object.entries(brands))(
  'the integration built for %s',
  (key, { name, host, requestsPerMinute, tokenUrl }) => {
    const folder = `build/${key}`;
    const file = `${folder}/index.js`;
    let integration: Integration;

    beforeAll(async () => {
      build('--brand', key, '--outdir', folder);
      integration = await loadBuiltIntegration(file);
    });

    const channel = useChannel({ contacts: 0 }, file);

    it('asks for the token, type and name only', () => {
      const fields: { key: string }[] = Reflect.get(integration.authentication ?? {}, 'fields');
      expect(fields.map((field) => field.key)).toEqual([
        'channel_token',
        'channel_type',
        'country',
        'channel_name',
      ]);
    });

    it('names its brand and links to it, and to no other', () => {
      const texts = JSON.stringify(integration);
      expect(texts).toContain(`[${name}](${tokenUrl})`);
      for (const other of Object.values(brands).filter((brand) => brand.name !== name)) {
        expect(texts).not.toContain(other.name);
        expect(texts).not.toContain(other.host);
      }
      expect(texts).not.toContain('your platform');
    });

    it('sends nobody to a field that its connection does not have', async () => {
      await expect(channel.run('creates.api_request', { method: 'GET', path: '/nothing' })).rejects.toThrow(
        `Check the Method and Path fields. If this continues, contact ${name} support.`,
      );
    });

    it('keeps its own limit', () => {
      const { throttle } = Object(integration.creates.add_tags?.operation);
      expect(throttle.limit).toBe(requestsPerMinute);
    });

    it('passes the review', () => {
      expect(review(integration)).toEqual([]);
    });

    it('runs on its own host: connects, finds, and sends', async () => {
      const { id } = channel.sandbox.store.add({ custom_fields: { email: 'ana@example.com' } });
      expect(await channel.run('authentication.test')).toEqual({ host });
      const match = { field_name: 'email', field_value: 'ana@example.com' };
      expect(await channel.run('searches.find_contact_by_custom_field', match)).toMatchObject([{ id }]);
      await channel.run('creates.send_message', { contact_id: id, text: 'Hola' });
      expect(channel.sandbox.store.messagesOf(id)).toMatchObject([{ message: { text: 'Hola' } }]);
    });
  },
);

it('is not built for a brand that there is not', () => {
  expect(() => build('--brand', 'nobody')).toThrow('--brand nobody: allowed is bony, 1980tic, telenet.');
});
