import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { brands } from '../../src/connection/brands.ts';
import { type Integration, loadBuiltIntegration } from '../../tools/zapier/runner.ts';
import { useChannel } from '../support/channel.ts';

describe.each(Object.entries(brands))(
  'the integration built for %s',
  (key, { name, host, requestsPerMinute, tokenUrl }) => {
    const folder = `build/${key}`;
    const file = `${folder}/index.js`;
    let integration: Integration;

    beforeAll(async () => {
      execFileSync(process.execPath, ['tools/scripts/build.ts', '--brand', key, '--outdir', folder]);
      integration = await loadBuiltIntegration(file);
    });

    const channel = useChannel({ contacts: 0 }, file);

    it('asks for everything but the platform', () => {
      const fields: { key: string }[] = Reflect.get(integration.authentication ?? {}, 'fields');
      const keys = ['channel_token', 'channel_type', 'country', 'channel_name'];
      expect(fields.map((field) => field.key)).toEqual(keys);
    });

    it('names its brand and links to it, and to no other', () => {
      const texts = JSON.stringify(integration);
      expect(texts).toContain(`[${name}](${tokenUrl})`);
      const others = Object.values(brands).filter((brand) => brand.name !== name);
      const foreign = others.flatMap((brand) => [brand.name, brand.host]).concat('your platform');
      expect(foreign.filter((word) => texts.includes(word))).toEqual([]);
    });

    it('sends nobody to a field that its connection does not have', async () => {
      await expect(channel.run('creates.api_request', { method: 'GET', path: '/nothing' })).rejects.toThrow(
        `Check the Method and Path fields. If this continues, contact ${name} support.`,
      );
    });

    it('keeps its own limit', () => {
      expect(integration).toHaveProperty('creates.add_tags.operation.throttle.limit', requestsPerMinute);
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
