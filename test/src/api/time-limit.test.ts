import { describe, expect, it, jest } from '@jest/globals';
import { api, failure, run, takesNewContact } from '../../support/zap.ts';

/** The next look-up finds nobody, and takes so many seconds. */
function findsNobodyAfter(seconds: number): void {
  api()
    .get(/by_custom_field/)
    .reply(200, () => {
      const late = performance.now() + seconds * 1000;
      jest.spyOn(performance, 'now').mockReturnValue(late);
      return { data: [] };
    });
}

describe('a run that has taken more than 19 seconds begins no further request', () => {
  it('writes nothing after a slow look-up', async () => {
    findsNobodyAfter(19.1);
    const inputData = { match_field: 'email', match_value: 'a@b.example' };
    expect(await failure(run('creates.create_or_update_contact', inputData))).toMatchObject({
      kind: 'AppError',
      code: 'too_slow',
      sentence:
        'This took more than 19 seconds, so there was no time left for the rest. Trying again is safe.',
    });
  });

  it('tries no other way to write a Contact ID', async () => {
    api()
      .post('/message/sendContent/60123456789')
      .reply(403, () => {
        jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 19_100);
        return { status: 'error', message: 'There is no such contact.', data: [] };
      });
    const inputData = { contact_id: '60123456789', text: 'Hi' };
    expect(await failure(run('creates.send_message', inputData))).toMatchObject({ code: 'too_slow' });
  });

  it('asks for no further spelling, and never says that nobody was found', async () => {
    findsNobodyAfter(19.1);
    expect(await failure(run('searches.find_contact_by_phone', { phone: '+60123456789' }))).toMatchObject({
      code: 'too_slow',
    });
  });

  it('goes on before that', async () => {
    findsNobodyAfter(18.9);
    takesNewContact();
    const inputData = { match_field: 'email', match_value: 'a@b.example' };
    expect(await run('creates.create_or_update_contact', inputData)).toMatchObject({ created: true });
  });
});
