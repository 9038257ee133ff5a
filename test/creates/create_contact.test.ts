import { describe, expect, it } from '@jest/globals';
import { skipWaits } from '../support/waits.ts';
import { api, apiContact, contact, failure, run, takesFields, takesNewContact } from '../support/zap.ts';

const create = (inputData: Record<string, unknown>, meta = {}) =>
  run('creates.create_contact', inputData, { meta });

const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, `v${i}`]));

describe('Create Contact', () => {
  it('sends what is filled in, and outputs the new ID with what was sent', async () => {
    takesNewContact({ firstName: 'Muhammad Mahin', phone: '03244077087', customerid: '1' });
    expect(
      await create({ firstName: 'Muhammad Mahin', phone: '03244077087', custom_fields: { customerid: '1' } }),
    ).toEqual({
      id: 'cus_1',
      custom_fields: { firstName: 'Muhammad Mahin', phone: '03244077087', customerid: '1' },
    });
  });

  it.each<[what: string, sent: object, inputs: object]>([
    ['false, zero and spaces', { a: false, b: 0, c: ' ' }, { custom_fields: { a: false, b: 0, c: ' ' } }],
    [
      'nothing for what is left empty',
      { email: 'a@b.example' },
      { firstName: '', lastName: null, phone: undefined, email: 'a@b.example', custom_fields: { x: '' } },
    ],
    [
      'no field for an empty list of pairs, and none that another step would clear',
      { phone: '1' },
      { phone: '1', custom_fields: [], clear_fields: ['email'] },
    ],
    [
      'several values for one text joined with commas, without the empty ones',
      { firstName: 'Ana,Eva', plan: 'Gold,0,false' },
      { firstName: ['Ana', 'Eva'], custom_fields: { plan: ['Gold', null, 0, false], city: ['', null] } },
    ],
    [
      'a field once, with the value of its own box',
      { phone: '1' },
      { phone: '1', custom_fields: { phone: '2' } },
    ],
  ])('sends %s', async (_what, sent, inputs) => {
    takesNewContact(sent);
    await create({ ...inputs });
  });

  it.each(['phone', 'email', 'language', 'profilePic'])('refuses two values for %s', async (key) => {
    for (const inputData of [{ [key]: ['a', 'b'] }, { custom_fields: { [key]: ['a', 'b'] } }]) {
      expect((await failure(create(inputData))).sentence).toContain('Map a single value into it.');
    }
  });

  it.each([
    ['es', 'es'],
    ['ES', 'es'],
    [' es-MX ', 'es_MX'],
    ['Spanish', 'es'],
    ['Español', 'es'],
    ['espan\u0303ol', 'es'],
    ['Français', 'fr'],
    ['Spanish (Mexico)', 'es_MX'],
    ['日本語', 'ja'],
    ['Klingon ', 'Klingon '],
    ['🎉', '🎉'],
    [7, 7],
  ])('saves the language %j as %j', async (language, saved) => {
    takesNewContact({ language: saved });
    await create({ language });
    takesNewContact({ language: saved });
    await create({ custom_fields: { language } });
  });

  it('knows the ID of the contact that it created, and tries no other for the rest of the fields', async () => {
    api()
      .post('/contact/')
      .reply(200, { data: { id: '60123456789' } });
    skipWaits(1, 3);
    const refusal = { status: 'error', message: 'no such contact', data: [] };
    api().put('/contact/60123456789').times(3).reply(403, refusal);
    expect(await failure(create({ custom_fields: many(31) }))).toMatchObject({
      kind: 'AppError',
      sentence: expect.stringMatching(
        /created with the ID "60123456789" .+ has no contact with the ID "60123456789"\. .+ goes on with this contact\.$/,
      ),
    });
  });

  it.each([
    [{}, 'No field is filled in. Fill in at least one field of the contact.'],
    [
      { custom_fields: { ' ': 'x' } },
      'A value under Custom Fields has no field ID. Enter the field ID to the left of the value.',
    ],
    [
      { custom_fields: ['x'] },
      'The Custom Fields field does not contain pairs. Enter a field ID on the left and a value on the right.',
    ],
    [
      { phone: { a: 1 } },
      'The Phone field contains something other than text, a number or yes/no. Map a single value into it.',
    ],
  ])('refuses %j before anything is sent', async (inputData, sentence) => {
    expect(await failure(create(inputData))).toEqual({ kind: 'HaltedError', sentence });
  });

  it('sends more than 30 fields as one creation and updates of the new contact', async () => {
    const custom_fields = many(70);
    const part = (from: number, to?: number) =>
      Object.fromEntries(Object.entries(custom_fields).slice(from, to));
    takesNewContact(part(0, 30));
    takesFields(part(30, 60), 'cus_1');
    takesFields(part(60), 'cus_1');
    expect(await create({ custom_fields })).toEqual({ id: 'cus_1', custom_fields });
  });

  it('says the new ID if a later request fails, and that the next run goes on with it', async () => {
    takesNewContact();
    api().put('/contact/cus_1').reply(429);
    expect(await failure(create({ custom_fields: many(31) }))).toEqual({
      kind: 'AppError',
      code: 'too_many_requests',
      status: 429,
      sentence: expect.stringMatching(
        /^The contact was created with the ID "cus_1" and the first 30 of its 31 fields\. The others may not have been saved\. .+ Running this step again within 12 hours is safe, because it goes on with this contact\.$/,
      ),
    });
  });

  it('says that the contact may exist when no clear answer comes', async () => {
    api().post('/contact/').reply(502, '<html>');
    expect(await failure(create({ phone: '1' }))).toMatchObject({
      kind: 'AppError',
      sentence:
        'app.bony.chat had an internal error (status 502). The contact may have been created anyway. Running this step again could create a duplicate: look for the contact first.',
    });
  });
});

describe('Create Contact as the second half of Find or Create Contact', () => {
  const meta = { withSearch: 'find_contact_by_custom_field' };
  const searched = { field_name: 'email', field_value: 'a@b.example' };

  it('saves the value that was searched for, and outputs the whole contact, like the search', async () => {
    takesNewContact({ email: 'a@b.example', firstName: 'Ana' });
    api().get('/contact/cus_1').reply(200, { data: apiContact });
    expect(await create({ ...searched, firstName: 'Ana' }, meta)).toEqual(contact);
  });

  it('says what happened when the new contact cannot be read back, and is not retried by itself', async () => {
    takesNewContact();
    api().get('/contact/cus_1').reply(429);
    expect(await failure(create({ ...searched, firstName: 'Ana' }, meta))).toMatchObject({
      kind: 'AppError',
      status: 429,
      sentence: expect.stringMatching(
        /^The contact was created with the ID "cus_1", but its data could not be read\. .+ Running this step again is safe, because it looks for the contact first\.$/,
      ),
    });
  });

  it('refuses a box that holds another value than the search, before anything is sent', async () => {
    expect(await failure(create({ ...searched, email: 'other@b.example' }, meta))).toMatchObject({
      kind: 'HaltedError',
      sentence: expect.stringContaining('The Email field has a different value'),
    });
  });

  it('warns of a duplicate if no clear answer came, and the search is not handed on', async () => {
    api().post('/contact/').reply(502);
    expect((await failure(create({ phone: '1' }, meta))).sentence).toMatch(
      /Running this step again could create a duplicate: look for the contact first\.$/,
    );
  });

  it('says that the next run goes on with a contact whose ID is known, also without the search', async () => {
    takesNewContact({ phone: '2' });
    api().get('/contact/cus_1').reply(502);
    expect((await failure(create({ phone: '2' }, meta))).sentence).toMatch(
      /Running this step again within 12 hours is safe, because it goes on with this contact\.$/,
    );
  });
});
