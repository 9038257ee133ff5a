import { describe, expect, it } from '@jest/globals';
import { api, apiContact, failure, run } from '../support/zap.ts';

const poll = (field_values: string[]) =>
  run('triggers.new_contact', { field_name: 'subscribed', field_values });

describe('New Contact', () => {
  it('reads every page of every value, and outputs each contact once, newest first', async () => {
    const page = (query: string, ...ages: number[]) => {
      const data = ages.map((age) => ({ ...apiContact, id: `cus_${age}`, created_at: 1575618542 - age }));
      api()
        .get(`/contact/by_custom_field?name=subscribed&value=${query}`)
        .reply(200, { data, meta: { last_page: 2 } }, { date: 'Thu, 01 Jan 2026 00:00:20 GMT' });
    };
    page('TRUE', 5, 1);
    page('TRUE&page=2', 3);
    page('FALSE', 2, 3);
    page('FALSE&page=2');
    expect(await poll(['TRUE', ' ', 'FALSE', 'TRUE'])).toMatchObject(
      [1, 2, 3, 5].map((age) => ({ id: `cus_${age}` })),
    );
  });

  it('needs a value to watch', async () => {
    expect((await failure(poll([' ']))).sentence).toBe(
      'The Field Values field is empty. Fill in at least one value to watch, like "TRUE".',
    );
  });
});
