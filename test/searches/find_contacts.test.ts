import { describe, expect, it, jest } from '@jest/globals';
import { api, apiContact, contact, failure, run } from '../support/zap.ts';

const find = (limit?: unknown, inputs = {}) =>
  run('searches.find_contacts', { field_name: 'subscribed', field_value: 'TRUE', limit, ...inputs });

/** A page that holds the contacts with the IDs `from` to `to`, in the form of the API. */
const page = (from: number, to: number, meta?: object) => ({
  data: Array.from({ length: Math.max(to - from + 1, 0) }, (_, n) => ({ ...apiContact, id: `${from + n}` })),
  links: { next: 'http://app.1980TIC.com/api/v1/contact/by_custom_field?page=2' },
  meta,
});
const found = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => ({ ...contact, id: `${from + n}` }));

/** The API, whose pages are asked for one after another. */
const answers = (...pages: object[]) => {
  for (const [index, answer] of pages.entries()) {
    const number = index > 0 ? `&page=${index + 1}` : '';
    api().get(`/contact/by_custom_field?name=subscribed&value=TRUE${number}`).reply(200, answer);
  }
};

describe('Find Contacts', () => {
  it('reads one page where it holds all, and outputs them as one result', async () => {
    answers(page(1, 2, { total: 2 }));
    expect(await find()).toEqual([{ total: 2, count: 2, has_more: false, contacts: found(1, 2) }]);
  });

  it('reads as many pages as there are, by number', async () => {
    answers(page(1, 10, { total: 23 }), page(11, 20, { total: 23 }), page(21, 23, { total: 23 }));
    expect(await find('')).toEqual([{ total: 23, count: 23, has_more: false, contacts: found(1, 23) }]);
  });

  it('reads on in the spelling in which a phone was found', async () => {
    const pages = [
      ['%2B523312345678', page(1, 0, { total: 0 })],
      ['523312345678', page(1, 10, { total: 12 })],
      ['523312345678&page=2', page(11, 12, { total: 12 })],
    ] as const;
    for (const [value, answer] of pages) {
      api().get(`/contact/by_custom_field?name=phone&value=${value}`).reply(200, answer);
    }
    expect(await find(100, { field_name: 'phone', field_value: '+52 33 1234 5678' })).toEqual([
      { total: 12, count: 12, has_more: false, contacts: found(1, 12) },
    ]);
  });

  it('finds nothing where there is nothing', async () => {
    answers(page(1, 0, { total: 0 }));
    expect(await find()).toEqual([]);
    answers({ data: [] });
    expect(await find()).toEqual([]);
  });

  it.each([
    [10, [page(1, 10, { total: 23 })]],
    ['15', [page(1, 10, { total: 23 }), page(11, 20, { total: 23 })]],
    [' 5 ', [page(1, 10, { total: 23 })]],
    [1, [page(1, 10, { total: 23 })]],
  ])('stops at a limit of %j, and says that there is more', async (limit, pages) => {
    answers(...pages);
    const count = Number(limit);
    expect(await find(limit)).toEqual([{ total: 23, count, has_more: true, contacts: found(1, count) }]);
  });

  it('takes a limit of 500', async () => {
    answers(page(1, 2, { total: 2 }));
    expect(await find(500)).toMatchObject([{ count: 2 }]);
  });

  it('takes 100 where no limit is given', async () => {
    answers(...Array.from({ length: 10 }, (_, n) => page(n * 10 + 1, n * 10 + 10, { total: 101 })));
    expect(await find()).toEqual([{ total: 101, count: 100, has_more: true, contacts: found(1, 100) }]);
  });

  it('counts a contact once that moved to the next page while the list was read', async () => {
    answers(page(1, 10, { total: 14 }), page(10, 14, { total: 15 }), page(1, 0, { total: 15 }));
    // The new one stands on the first page now, which was read before it came.
    expect(await find()).toEqual([{ total: 15, count: 14, has_more: true, contacts: found(1, 14) }]);
  });

  it('ends at a page that brings nothing new, where the API does not count', async () => {
    answers(page(1, 10), page(11, 12), page(1, 0));
    expect(await find()).toEqual([{ total: 12, count: 12, has_more: false, contacts: found(1, 12) }]);
    answers(page(1, 3), page(1, 3));
    expect(await find()).toEqual([{ total: 3, count: 3, has_more: false, contacts: found(1, 3) }]);
  });

  it('ends at a total that only the first page tells', async () => {
    answers(page(1, 10, { total: 12 }), page(11, 12));
    expect(await find()).toEqual([{ total: 12, count: 12, has_more: false, contacts: found(1, 12) }]);
  });

  it('does not make up a total where the API does not count and the limit is reached', async () => {
    answers(page(1, 10));
    expect(await find(10)).toEqual([{ count: 10, has_more: true, contacts: found(1, 10) }]);
  });

  it('fails as a whole where a page cannot be read', async () => {
    answers(page(1, 10, { total: 12 }));
    api().get('/contact/by_custom_field?name=subscribed&value=TRUE&page=2').reply(500, '');
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
    [{ field_name: ' ' }, 'The Field ID field is empty. Choose a field, or enter the ID of a custom field.'],
    [{ field_value: '' }, 'The Field Value field is empty. Enter or map the value to look for.'],
  ])('refuses %j', async (inputs, sentence) => {
    expect(await failure(find(10, inputs))).toEqual({ kind: 'HaltedError', sentence });
  });
});

describe('Find Contacts, on a slow platform', () => {
  it.each([
    ['asks for no page that could take it beyond 25 seconds', 15_001, 10],
    ['asks for another page where it ends in time', 14_999, 14],
  ])('%s', async (_what, milliseconds, count) => {
    const clock = jest.spyOn(performance, 'now');
    const start = performance.now();
    api()
      .get('/contact/by_custom_field?name=subscribed&value=TRUE')
      .reply(() => {
        clock.mockReturnValue(start + milliseconds);
        return [200, page(1, 10, { total: 14 })];
      });
    clock.mockReturnValue(start);
    if (count > 10) {
      api()
        .get('/contact/by_custom_field?name=subscribed&value=TRUE&page=2')
        .reply(200, page(11, 14, { total: 14 }));
    }
    expect(await find()).toEqual([{ total: 14, count, has_more: count < 14, contacts: found(1, count) }]);
  });
});
