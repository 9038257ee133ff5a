import { describe, expect, it, jest } from '@jest/globals';
import { api, apiContact, contact, failure, run } from '../support/zap.ts';

const find = (limit?: unknown, inputs = {}) =>
  run('searches.find_contacts', { field_name: 'subscribed', field_value: 'TRUE', limit, ...inputs });

const count = (from: number, to: number) =>
  Array.from({ length: Math.max(to - from + 1, 0) }, (_, n) => from + n);

/** Returns a page in the API's format, with the contacts whose IDs are `from` to `to`. */
const page = (from: number, to: number, total?: number) => ({
  data: count(from, to).map((id) => ({ ...apiContact, id: `${id}` })),
  links: { next: 'http://app.1980TIC.com/api/v1/contact/by_custom_field?page=2' },
  meta: { total },
});
const found = (to: number) => count(1, to).map((id) => ({ ...contact, id: `${id}` }));

/** Mocks one request for each page, in order. The first request has no page number. */
const answers = (pages: object[], value = 'TRUE', name = 'subscribed') => {
  for (const [index, answer] of pages.entries()) {
    const number = index > 0 ? `&page=${index + 1}` : '';
    api().get(`/contact/by_custom_field?name=${name}&value=${value}${number}`).reply(200, answer);
  }
};

describe('Find Contacts', () => {
  const full = (pages: number, total: number) =>
    count(1, pages).map((number) => page(number * 10 - 9, number * 10, total));

  it.each([
    ['one page that holds all', undefined, [page(1, 2, 2)], { total: 2, count: 2 }],
    ['all pages, by number', '', [...full(2, 23), page(21, 23, 23)], { total: 23, count: 23 }],
    ['100 if no limit is given', undefined, full(10, 101), { total: 101, count: 100, has_more: true }],
    ['up to 500', 500, [page(1, 2, 2)], { total: 2, count: 2 }],
    ['as many as a page has', 10, full(1, 23), { total: 23, count: 10, has_more: true }],
    ['a part of a later page', '15', full(2, 23), { total: 23, count: 15, has_more: true }],
    ['a part of the first page', ' 5 ', full(1, 23), { total: 23, count: 5, has_more: true }],
    ['one', 1, full(1, 23), { total: 23, count: 1, has_more: true }],
    // A contact was created after page 1 was read. It pushed the tenth contact to page 2, which is thus read twice.
    [
      'once a contact that moved to the next page meanwhile',
      100,
      [page(1, 10, 14), page(10, 14, 15), page(1, 0, 15)],
      { total: 15, count: 14, has_more: true },
    ],
    [
      'up to an empty page without a total',
      100,
      [page(1, 10), page(11, 12), page(1, 0)],
      { total: 12, count: 12 },
    ],
    ['up to a page seen before without a total', 100, [page(1, 3), page(1, 3)], { total: 3, count: 3 }],
    [
      'up to a total that only the first page tells',
      100,
      [page(1, 10, 12), page(11, 12)],
      { total: 12, count: 12 },
    ],
    ['no total that is not told, at the limit', 10, [page(1, 10)], { count: 10, has_more: true }],
  ])('reads %s', async (_what, limit, pages, { count, ...told }) => {
    answers(pages);
    expect(await find(limit)).toEqual([{ has_more: false, ...told, count, contacts: found(count) }]);
  });

  it.each([[page(1, 0, 0)], [page(1, 0)]])('finds nothing on the page %j', async (empty) => {
    answers([empty]);
    expect(await find()).toEqual([]);
  });

  it('gives all contacts the same fields, on whatever page they stand', async () => {
    const named = (id: number, custom_fields: object) => ({ ...apiContact, id: `${id}`, custom_fields });
    answers([
      { ...page(1, 0, 2), data: [named(1, { a: '1' })] },
      { ...page(1, 0, 2), data: [named(2, { b: '2' })] },
    ]);
    expect(await find()).toMatchObject([
      { contacts: [{ custom_fields: { a: '1', b: null } }, { custom_fields: { a: null, b: '2' } }] },
    ]);
  });

  it('reads on in the spelling in which a phone was found', async () => {
    answers([page(1, 0, 0)], '%2B523312345678', 'phone');
    answers([page(1, 10, 12), page(11, 12, 12)], '523312345678', 'phone');
    expect(await find(100, { field_name: 'phone', field_value: '+52 33 1234 5678' })).toMatchObject([
      { total: 12, count: 12, contacts: found(12) },
    ]);
  });

  it('fails as a whole if a page cannot be read', async () => {
    answers([page(1, 10, 12)]);
    api()
      .get(/page=2/)
      .reply(500, '');
    expect(await failure(find())).toMatchObject({
      kind: 'AppError',
      sentence: 'app.bony.chat had an internal error (status 500). Trying again is safe.',
    });
  });

  it.each([0, '0', -1, 501, '1.5', 'all', true])('refuses a limit of %j', async (limit) => {
    expect(await failure(find(limit))).toEqual({
      kind: 'HaltedError',
      sentence: 'The Limit field must be a whole number from 1 to 500.',
    });
  });

  it.each([
    ['asks for no page that could take it beyond 25 seconds', 15_001, 10],
    ['asks for another page where it ends in time', 14_999, 14],
  ])('%s', async (_what, milliseconds, count) => {
    const start = performance.now();
    const clock = jest.spyOn(performance, 'now').mockReturnValue(start);
    api()
      .get('/contact/by_custom_field?name=subscribed&value=TRUE')
      .reply(() => {
        clock.mockReturnValue(start + milliseconds);
        return [200, page(1, 10, 14)];
      });
    if (count > 10)
      api()
        .get(/page=2/)
        .reply(200, page(11, 14, 14));
    expect(await find()).toEqual([{ total: 14, count, has_more: count < 14, contacts: found(count) }]);
  });
});
