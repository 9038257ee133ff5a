import { describe, expect, it } from '@jest/globals';
import { api, apiContact, failure, run } from '../support/zap.ts';

const poll = (field_values: unknown) =>
  run('triggers.new_contact', { field_name: 'subscribed', field_values });

const contacts = (...ages: number[]) =>
  ages.map((age) => ({ ...apiContact, id: `cus_${age}`, created_at: 1575618542 - age }));

describe('New Contact', () => {
  it('reads every page of every value, and outputs each contact once, newest first', async () => {
    const page = (value: string, number: number, ...ages: number[]) =>
      api()
        .get(`/contact/by_custom_field?name=subscribed&value=${value}${number > 1 ? `&page=${number}` : ''}`)
        .reply(
          200,
          { data: contacts(...ages), meta: { last_page: 2 } },
          { date: 'Thu, 01 Jan 2026 00:00:20 GMT' },
        );
    page('TRUE', 1, 5, 1);
    page('TRUE', 2, 3);
    page('FALSE', 1, 2, 3);
    page('FALSE', 2);
    expect(await poll(['TRUE', ' ', 'FALSE', 'TRUE'])).toEqual(
      [1, 2, 3, 5].map((age) => expect.objectContaining({ id: `cus_${age}` })),
    );
  });

  it('needs a value to watch', async () => {
    expect((await failure(poll([' ']))).sentence).toBe(
      'The Field Values field is empty. Fill in at least one value to watch, like "TRUE".',
    );
  });
});
