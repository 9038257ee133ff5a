import { expect, it } from '@jest/globals';
import { api, apiContact, contact, run } from '../support/zap.ts';

it('Updated Contact outputs the contacts that have the value, each with its version', async () => {
  api()
    .get('/contact/by_custom_field?name=zap&value=TRUE')
    .reply(200, { data: [apiContact], meta: { total: 1, per_page: 10 } });
  const inputData = { field_name: 'zap', field_values: ['TRUE'] };
  const version = expect.stringMatching(/^[\w-]{10}$/);
  expect(await run('triggers.updated_contact', inputData)).toEqual([{ ...contact, version }]);
});
