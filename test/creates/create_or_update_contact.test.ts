import { describe, expect, it } from '@jest/globals';
import App from '../../index.ts';
import { api, apiContact, authData, failure, run, takesFields, takesNewContact } from '../support/zap.ts';

const createOrUpdate = (inputData: Record<string, unknown>, connection = {}) =>
  run(
    'creates.create_or_update_contact',
    { match_field: 'email', match_value: 'a+b@c.example', ...inputData },
    { authData: { ...authData, ...connection } },
  );

/** Mocks one look-up that finds these contacts. */
const finds = (match: { field?: string; value?: string }, ...data: unknown[]) => {
  const { field = 'email', value = 'a+b@c.example' } = match;
  return api()
    .get(`/contact/by_custom_field?name=${field}&value=${encodeURIComponent(value)}`)
    .reply(200, { data });
};

describe('Create or Update Contact', () => {
  it('updates the contact that it finds, and outputs it as it is then', async () => {
    const custom_fields = { ...apiContact.custom_fields, email: 'A+B@c.example', size: null, seen: [1] };
    finds({}, { ...apiContact, custom_fields });
    takesFields({ firstName: 'Ana', plan: 'Gold' });
    api()
      .post(`/contact/${apiContact.id}/tags`, { tags: ['VIP', 'Blog Updates'] })
      .reply(200, {});
    const inputData = { firstName: 'Ana', custom_fields: { plan: 'Gold' }, tags: 'VIP, Blog Updates' };
    expect(await createOrUpdate(inputData)).toEqual({
      id: '1776025372480910',
      custom_fields: { ...custom_fields, firstName: 'Ana', plan: 'Gold' },
      tags: ['Blog Updates', 'VIP'],
      created: false,
    });
  });

  it('leaves a contact alone if there is nothing to change', async () => {
    finds({}, apiContact);
    const { id, custom_fields, tags } = apiContact;
    const saved = { ...custom_fields, email: 'a+b@c.example' };
    expect(await createOrUpdate({})).toEqual({ id, custom_fields: saved, tags, created: false });
  });

  it.each(['+60123456789', '123123'])('writes the phone %s over the saved 123123', async (phone) => {
    finds({}, apiContact);
    takesFields({ phone });
    expect(await createOrUpdate({ phone })).toMatchObject({ custom_fields: { phone } });
  });

  it('creates a contact if it finds none, with the value that the next run looks for', async () => {
    finds({});
    takesNewContact({ email: 'a+b@c.example', firstName: 'Ana' });
    expect(await createOrUpdate({ firstName: 'Ana' })).toEqual({
      id: 'cus_1',
      custom_fields: { email: 'a+b@c.example', firstName: 'Ana' },
      tags: [],
      created: true,
    });
  });

  it('creates a field that is no phone as it was typed', async () => {
    finds({ field: 'customerid', value: '+52 33 1234 5000' });
    takesNewContact({ customerid: '+52 33 1234 5000' });
    await createOrUpdate({ match_field: 'customerid', match_value: '+52 33 1234 5000' });
  });

  it('reads a field of the channel from Custom Fields alone, whatever its ID is', async () => {
    finds({ field: 'tags', value: 'VIP' });
    takesNewContact({ tags: 'VIP' });
    api()
      .post('/contact/cus_1/tags', { tags: ['Gold'] })
      .reply(200, {});
    await createOrUpdate({ match_field: 'tags', match_value: 'VIP', tags: ['Gold'] });
  });

  it('creates nothing if the look-up fails', async () => {
    api()
      .get(/by_custom_field/)
      .reply(404, '');
    expect(await failure(createOrUpdate({ firstName: 'Ana' }))).toMatchObject({
      kind: 'AppError',
      status: 404,
    });
  });

  it('says that running again is safe if the creation got no clear answer', async () => {
    finds({});
    api().post('/contact/').reply(500);
    expect((await failure(createOrUpdate({}))).sentence).toBe(
      'app.bony.chat had an internal error (status 500). The contact may have been created anyway. Running this step again is safe, because it looks for the contact first.',
    );
  });

  it('says how far it came, and that running again is safe, if a later request of the creation fails', async () => {
    finds({});
    takesNewContact();
    api().put('/contact/cus_1').reply(429);
    const custom_fields = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`f${n}`, 'v']));
    expect(await failure(createOrUpdate({ custom_fields }))).toMatchObject({
      kind: 'AppError',
      sentence:
        'The contact was created with the ID "cus_1" and the first 30 of its 31 fields. The others may not have been saved. app.bony.chat received too many requests for this channel and did not process this one. Running this step again is safe, because it looks for the contact first.',
    });
  });

  it.each([
    [
      { match_field: '' },
      'The Match Field field is empty. Choose a field, or enter the ID of a custom field.',
    ],
    [{ match_value: null }, 'The Match Value field is empty. Enter or map the value to look for.'],
    [
      { if_several: 'all' },
      'The If Several Contacts Match field must be one of: "Stop, and change nothing", "Update the newest one". Choose it from the list.',
    ],
  ])('refuses %j before anything is sent', async (inputData, sentence) => {
    expect(await failure(createOrUpdate(inputData))).toEqual({ kind: 'HaltedError', sentence });
  });

  const customerid = (match_value: string, box: string) =>
    ({ match_field: 'customerid', match_value, custom_fields: { customerid: box } }) as const;
  it.each([
    [{ email: 'other@c.example' }, 'Email'],
    [{ email: 'a+b@c.example', custom_fields: { email: 'other@c.example' } }, 'Email'],
    [{ match_field: 'phone', match_value: '+60123456789', phone: '+60123456780' }, 'Phone'],
    [customerid('abc', 'ABC'), 'customerid'],
    [customerid('truely', 'TRUELY'), 'customerid'],
    [customerid('untrue', 'UNTRUE'), 'customerid'],
    [customerid('true', 'false'), 'customerid'],
    [customerid('+52 33 1234 5000', '+523312345000'), 'customerid'],
  ])(
    'refuses %j, which holds another value than the match, before anything is sent',
    async (inputData, label) => {
      expect(await failure(createOrUpdate(inputData))).toEqual({
        kind: 'HaltedError',
        sentence: `The ${label} field has a different value from the one used to find the contact. Leave it empty: a new contact gets the value that was searched for.`,
      });
    },
  );

  it.each([true, false])('takes a box that holds the match in other letters of %s', async (vip) => {
    const value = String(vip).toUpperCase();
    finds({ field: 'vip', value }, { ...apiContact, custom_fields: { vip: value } });
    takesFields({ vip });
    const inputData = { match_field: 'vip', match_value: value, custom_fields: { vip } };
    expect(await createOrUpdate(inputData)).toMatchObject({ custom_fields: { vip }, created: false });
  });

  it('runs one at a time for each value and connection', () => {
    expect(App.creates.create_or_update_contact.operation.lock).toEqual({
      key: '{{bundle.inputData.match_field}}={{bundle.inputData.match_value}}',
      scope: ['auth'],
    });
  });
});

describe('Create or Update Contact, if several contacts match', () => {
  const older = { ...apiContact, id: 'older', created_at: 1 };
  const plan = 'x'.repeat(101);

  it.each([
    ['as many as the API says', {}, { total: 3 }, '3 contacts have "a+b@c.example" in the field "email".'],
    [
      'those of the page if the API does not say how many there are',
      { if_several: 'stop' },
      undefined,
      '2 contacts have "a+b@c.example" in the field "email".',
    ],
    [
      'and shows the start of a long value',
      { match_field: 'plan', match_value: plan },
      undefined,
      `2 contacts have "${plan.slice(1)}" in the field "plan".`,
    ],
  ])('changes nothing, and counts %s', async (_what, inputs, meta, sentence) => {
    api()
      .get(/by_custom_field/)
      .reply(200, { data: [apiContact, older], meta });
    expect(await failure(createOrUpdate({ firstName: 'Ana', ...inputs }))).toEqual({
      kind: 'HaltedError',
      sentence: `${sentence} Nothing was changed. Match by something that only one contact has, like a phone or an email, or choose Update the newest one under If Several Contacts Match.`,
    });
  });

  it('updates the newest of the page if the user chose that', async () => {
    finds({}, older, apiContact, older);
    takesFields();
    expect(await createOrUpdate({ firstName: 'Ana', if_several: ' newest ' })).toMatchObject({
      id: '1776025372480910',
    });
  });
});

describe('Create or Update Contact, matched by a phone', () => {
  const byPhone = (inputData: object, connection = {}) =>
    createOrUpdate(
      { match_field: 'phone', match_value: '33 1234 5000', ...inputData },
      { country: 'MX', ...connection },
    );
  const saved = (phone: string) => ({ ...apiContact, custom_fields: { phone } });

  it('leaves the saved spelling as it is', async () => {
    finds({ field: 'phone', value: '+523312345000' });
    finds({ field: 'phone', value: '523312345000' }, saved('523312345000'));
    takesFields({ firstName: 'Ana' });
    expect(await byPhone({ firstName: 'Ana', phone: '+52 33 1234 5000' })).toEqual({
      id: '1776025372480910',
      custom_fields: { phone: '523312345000', firstName: 'Ana' },
      tags: apiContact.tags,
      created: false,
    });
  });

  it('saves the phone of a contact that was found by its ID and has another number in its field', async () => {
    api()
      .get('/contact/5213312345000')
      .reply(200, { data: saved('123') });
    takesFields({ phone: '523312345000' });
    expect(await byPhone({ phone: '523312345000' }, { channel_type: 'whatsapp' })).toMatchObject({
      custom_fields: { phone: '523312345000' },
    });
  });

  it('creates the contact with its phone in international form, which every spelling finds', async () => {
    api().get(/phone/).times(6).reply(200, { data: [] });
    api()
      .get(/\/contact\/(?!by_)/)
      .times(2)
      .reply(404, { status: 'error', message: 'Not found' });
    takesNewContact({ phone: '+523312345000', firstName: 'Ana' });
    expect(await byPhone({ firstName: 'Ana', phone: '523312345000' })).toMatchObject({
      custom_fields: { phone: '+523312345000', firstName: 'Ana' },
      created: true,
    });
  });
});
