import { describe, expect, it } from '@jest/globals';
import App from '../../index.ts';
import { api, apiContact, contact, run } from '../support/zap.ts';

describe('Updated Contact', () => {
  it('outputs the contacts that have the value, each with its version', async () => {
    api()
      .get('/contact/by_custom_field?name=zap&value=TRUE')
      .reply(200, { data: [apiContact], meta: { total: 1, per_page: 10 } });
    const inputData = { field_name: 'zap', field_values: ['TRUE'] };
    expect(await run('triggers.updated_contact', inputData)).toEqual([
      { ...contact, version: expect.any(String) },
    ]);
  });

  it('makes id and version its primary key together', () => {
    const { outputFields = [] } = App.triggers.updated_contact.operation;
    expect(outputFields.filter((field) => Object(field).primary).map((field) => Object(field).key)).toEqual([
      'id',
      'version',
    ]);
  });
});
