import { describe, expect, it, jest } from '@jest/globals';
import { api, apiContact, contact, failure, run, takesNewContact } from '../../support/zap.ts';

/** Returns an answer that seems to take this long: it sets the clock forward, so that no test has to wait. */
const lateBy = (seconds: number, body: object) => () => {
  const late = performance.now() + seconds * 1000;
  jest.spyOn(performance, 'now').mockReturnValue(late);
  return body;
};
const findsNobodyAfter = (seconds: number) =>
  api()
    .get(/by_custom_field/)
    .reply(200, lateBy(seconds, { data: [] }));
const unknown = { status: 'error', message: 'There is no such contact.' };
const createOrUpdate = () =>
  run('creates.create_or_update_contact', { match_field: 'email', match_value: 'a@b.example' });

describe('a run that has taken more than 19 seconds begins no further request', () => {
  it('writes nothing after a slow look-up', async () => {
    findsNobodyAfter(19.1);
    expect(await failure(createOrUpdate())).toMatchObject({
      code: 'too_slow',
      sentence:
        'This took more than 19 seconds, so there was no time left for the rest. Trying again is safe.',
    });
  });

  it('tries no other spelling of a Contact ID or a phone, and never says that nobody was found', async () => {
    api()
      .post(/60123456789/)
      .reply(403, lateBy(19.1, unknown));
    const message = { contact_id: '60123456789', text: 'Hi' };
    expect((await failure(run('creates.send_message', message))).code).toBe('too_slow');
    findsNobodyAfter(19.1);
    const phone = { phone: '+60123456789' };
    expect((await failure(run('searches.find_contact_by_phone', phone))).code).toBe('too_slow');
  });

  it('reads no contact that took so long to be created, and the next run goes on with it', async () => {
    const meta = { withSearch: 'find_contact_by_custom_field' };
    const create = () =>
      run('creates.create_contact', { field_name: 'email', field_value: 'a@b.example' }, { meta });
    api()
      .post('/contact/')
      .reply(200, lateBy(19.1, { data: { id: 'cus_1' } }));
    expect((await failure(create())).sentence).toMatch(
      /^The contact was created with the ID "cus_1", but its data could not be read\. This took more than/,
    );
    api().get('/contact/cus_1').reply(200, { data: apiContact });
    expect(await create()).toEqual(contact);
  });
});

describe('the answer to a request must be complete', () => {
  const limits = () => {
    const timeout = jest.spyOn(AbortSignal, 'timeout');
    return () => timeout.mock.calls.map(([milliseconds]) => milliseconds / 1000);
  };

  it.each([
    ['send_message', { contact_id: '1', text: 'Hi' }, [25]],
    ['create_contact', { phone: '1', tags: ['VIP'] }, [25, 10]],
    ['api_request', { method: 'POST', path: '/contact/1/notes' }, [25]],
    ['api_request', { method: 'PUT', path: '/contact/1' }, [10]],
    ['add_tags', { contact_id: '1', tags: ['VIP'] }, [10]],
  ])('within 25 seconds if it must not be repeated, otherwise 10: %s %j', async (key, inputData, seconds) => {
    const given = limits();
    api()
      .persist()
      .intercept(/./, Object(inputData).method ?? 'POST')
      .reply(200, { status: 'success', data: { id: '1' } });
    await run(`creates.${key}`, inputData);
    expect(given()).toEqual(seconds);
  });

  it.each([
    [1.5, 25],
    [9.5, 17],
    [18.9, 8],
  ])('before the run has taken 27 seconds: after a look-up of %f it has %i', async (before, seconds) => {
    const given = limits();
    findsNobodyAfter(before);
    takesNewContact();
    expect(await createOrUpdate()).toMatchObject({ created: true });
    expect(given()).toEqual([10, seconds]);
  });

  it('also in a poll whose server falls silent at its end', async () => {
    const given = limits();
    findsNobodyAfter(24.5);
    api()
      .get(/by_custom_field/)
      .reply(200, { data: [] });
    await run('triggers.updated_contact', { field_name: 'plan', field_values: ['a', 'b'] });
    expect(given()).toEqual([10, 2]);
  });

  it('in as many seconds as the user is told', async () => {
    jest.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
    expect((await failure(run('creates.send_message', { contact_id: '1', text: 'Hi' }))).sentence).toMatch(
      /^app\.bony\.chat did not finish answering within 25 seconds\. The message may have been sent anyway/,
    );
  });
});
