import { describe, expect, it } from '@jest/globals';
import App from '../../index.ts';
import {
  api,
  apiContact,
  authData,
  contact,
  failure,
  run,
  takesFields,
  takesNewContact,
} from '../support/zap.ts';

const createOrUpdate = (match_field: string, match_value: unknown, more = {}, overrides = {}) =>
  run('creates.create_or_update_contact', { match_field, match_value, ...more }, overrides);
const find = (field_name: string, field_value: unknown, overrides = {}) =>
  run('searches.find_contact_by_custom_field', { field_name, field_value }, overrides);

/** Expects one look-up of contacts by this field and value, and answers it with these contacts. */
function takesLookup(name: string, value: string, ...data: unknown[]): void {
  api()
    .get('/contact/by_custom_field')
    .query({ name, value })
    .reply(200, { data, meta: { total: data.length } });
}

describe('a value that is no identity', () => {
  const phone = 'which is not a phone number. Format the column as plain text.';
  const email = 'which is not an email address. Map a single address.';
  const missing = 'which stands for a missing value. Map a value that only one contact has.';

  const cellErrors = '#N/A #REF! #ERROR! #VALUE! #DIV/0! #NAME? #NULL! #NUM! #¡VALOR! #SPILL!'.split(' ');
  const missingValues = [
    ...'null undefined NaN N/A n/a None n.a. -Infinity - — (null)'.split(' '),
    ...`'#N/A "null" #N/A; 5.23312E+11 5.23312E11 1,23457E9`.split(' '),
  ];
  const noPhones = ['#ERROR!', '5.23312E+11', 'Ana', '33 1111 2225, 33 1111 2226'];
  const noEmails = [
    'ana@example.com, eva@example.com',
    'ana@example.comeva@example.com',
    'ana@example.com/eva@example.com',
    'ana@example.com; eva@example',
    'ana@example',
    'ana@example..com',
    'Ana',
    'null',
    '@example.com',
  ];

  it.each([
    ...noPhones.map((value) => ['phone', value, phone]),
    ...noEmails.map((value) => ['email', value, email]),
    ...[...cellErrors, ...missingValues, '[object Object]'].map((value) => ['customerid', value, missing]),
  ])('%s = %j writes nothing, and finds nobody without a request', async (name, value, reason) => {
    const halted = (label: string) => ({
      kind: 'HaltedError',
      sentence: expect.stringContaining(`The ${label} field contains "${value}", ${reason}`),
    });
    expect(await failure(createOrUpdate(name, value, { firstName: 'Ana' }))).toEqual(halted('Match Value'));
    expect(await find(name, value)).toEqual([]);
    const inputData = { field_name: name, field_value: value, firstName: 'Ana' };
    const meta = { withSearch: 'find_contact_by_custom_field' };
    expect(await failure(run('creates.create_contact', inputData, { meta }))).toEqual(halted('Field Value'));
    if (name !== 'phone') return;
    expect(await run('searches.find_contact_by_phone', { phone: value })).toEqual([]);
    const byPhone = { meta: { withSearch: 'find_contact_by_phone' } };
    expect(await failure(run('creates.create_contact', { phone: value }, byPhone))).toEqual(halted('Phone'));
  });

  it.each([
    ['phone', '#ERROR!'],
    ['email', 'Ana'],
    ['customerid', '#N/A'],
  ])('%s = %j is looked for in a list as it is given', async (field_name, field_value) => {
    takesLookup(field_name, field_value, apiContact);
    expect(await run('searches.find_contacts', { field_name, field_value })).toMatchObject([{ count: 1 }]);
  });

  it.each(['123123', '#1234', 'nullable', '1E5', '0', 'NA'])(
    '%j is a value like any other',
    async (value) => {
      takesLookup('customerid', value, apiContact);
      expect(await find('customerid', value)).toEqual([contact]);
    },
  );
});

describe('a phone', () => {
  it.each([
    ['', '34 98765-4321', ['34987654321']],
    ['MX', '123123', []],
  ])('with the country %j, %j is text, looked for as typed and as %j', async (country, typed, others) => {
    for (const value of [typed, ...others]) takesLookup('phone', value);
    takesNewContact({ phone: typed });
    const created = await createOrUpdate('phone', typed, {}, { authData: { ...authData, country } });
    expect(created).toMatchObject({ custom_fields: { phone: typed } });
  });

  it.each([
    ['other', '+60 12 345 6780', 0],
    ['other', '123123', 0],
    ['other', '60 12-345 6789', 1],
    ['other', '', 1],
    ['other', null, 1],
    ['whatsapp', '+60 12 345 6780', 1],
  ])(
    'on a channel %s, of contacts with its ID and the phone %j, %i is its',
    async (channel_type, saved, count) => {
      const known = { ...apiContact, id: '60123456789', custom_fields: { phone: saved } };
      api().get('/contact/60123456789').reply(200, { data: known });
      if (channel_type === 'other')
        for (const value of ['+60123456789', '60123456789']) takesLookup('phone', value);
      if (count === 0)
        api()
          .get(/whatsapp/)
          .reply(404, { status: 'error', message: 'no such contact' });
      const overrides = { authData: { ...authData, channel_type } };
      expect(await find('phone', '+60123456789', overrides)).toHaveLength(count);
    },
  );
});

describe('an email', () => {
  it.each([
    'Ana Ruiz <ana@example.com>',
    '"Ruiz, Ana" <ana@example.com>',
    'mailto:ana@example.com?subject=Hi',
    "'ana@example.com'",
    'ana@example.com;',
    'ana@example.com.',
    '[ana@example.com](mailto:ana@example.com)',
    '\u00a0**ana@example.com**\u200b\n',
    '="ana@example.com"',
    '📧ana@example.com',
    '• ana@example.com',
    'mailto://ana@example.com',
    'email=ana@example.com',
    'ana@exam\u00adple.com',
  ])('%j is the one address in it, also where a box repeats it', async (written) => {
    takesLookup('email', 'ana@example.com', apiContact);
    expect(await find('email', written)).toEqual([contact]);
    takesLookup('email', 'ana@example.com');
    takesNewContact({ email: 'ana@example.com' });
    await createOrUpdate('email', written, { email: 'Ana@Example.com' });
    takesLookup('email', 'ana@example.com', { ...apiContact, custom_fields: { email: 'ana@example.com' } });
    const updating = createOrUpdate('email', 'ana@example.com', { email: written });
    expect(await updating).toMatchObject({ created: false });
  });

  it.each(["o'brien@example.com", 'a+b=c/d@sub.example.co', 'josé@éxample.com', 'a_b@x-y.example'])(
    '%j stays as it is',
    async (email) => {
      takesLookup('email', email);
      await find('email', email);
    },
  );
});

describe('a field', () => {
  it.each([
    ['phone', ['Phone', 'PHONE', ' phone\n', 'custom_fields__phone', 'Phone Number', 'Teléfono', 'TELEFONO']],
    ['firstName', ['First Name', 'firstname', 'first_name', 'custom_fields__firstName', 'Nombre', 'NOMBRE']],
    ['lastName', ['Last name', 'LASTNAME', 'Apellido', 'Apellidos']],
    ['email', ['E-mail', 'EMAIL', 'Email address', 'Correo', 'Correo electro\u0301nico']],
    ['language', ['Language', 'Idioma']],
    ['profilePic', ['Profile Picture', 'profilepic', 'Foto de perfil']],
    ['customerid', ['customerid', '\u00a0customerid\u200b', 'custom_fields__customerid']],
    // A channel may have its own fields with these IDs, so they are never translated into a standard field.
    ...['telefono', 'nombre', 'correo', 'foto', 'Customer Number', '__proto__'].map(
      (own): [string, string[]] => [own, [own]],
    ),
  ])('%s is understood as %j, wherever an ID is asked for', async (id, names) => {
    for (const name of names) {
      takesLookup(id, 'ana@example.com', apiContact);
      await run('searches.find_contacts', { field_name: name, field_value: 'ana@example.com' });
      takesFields({ [id]: '1' });
      await run('creates.update_contact', { contact_id: apiContact.id, custom_fields: { [name]: '1' } });
      takesFields({ [id]: '' });
      await run('creates.update_contact', { contact_id: apiContact.id, clear_fields: [name] });
    }
  });

  it.each(['\u00a0CAN\u0303O\u0301N-1\u200b\n', 'CAÑÓN-1 ', '\ufeffCAÑÓN-1'])(
    'with the value %j is looked for without invisible edges, its letters composed',
    async (value) => {
      takesLookup('plan', 'CAÑÓN-1');
      takesNewContact({ plan: 'CAÑÓN-1' });
      await createOrUpdate(' plan\n', value, { custom_fields: { 'plan ': 'CAÑÓN-1' } });
    },
  );
});

it('an example in a form or a sample has a phone that is reserved for fiction', () => {
  const shown = JSON.stringify(App, (key, value) => (key === 'choices' ? undefined : value));
  const phones = shown.match(/"phone":"[^"]+|\+\d[\d ]{6,}|\b\d{3} \d{3,4} \d{4}/g) ?? [];
  const digits = phones.map((text) => text.replace(/\D/g, ''));
  expect(digits.length).toBeGreaterThan(5);
  expect(digits.filter((number) => !/^1?2025550[01]\d\d$/.test(number))).toEqual([]);
});

describe('a Contact ID', () => {
  const steps = [
    ['searches.find_contact_by_id', {}, 'GET', '/contact/60123456789'],
    ['creates.update_contact', { firstName: 'Ana' }, 'PUT', '/contact/60123456789'],
    ['creates.add_tags', { tags: ['VIP'] }, 'POST', '/contact/60123456789/tags'],
    ['creates.remove_tags', { tags: ['VIP'] }, 'DELETE', '/contact/60123456789/tags'],
    ['creates.send_message', { text: 'Hi' }, 'POST', '/message/sendContent/60123456789'],
  ] as const;

  it.each(steps)(
    'goes to %s without the tail and the quotes of a spreadsheet',
    async (place, inputData, method, path) => {
      for (const contact_id of ['60123456789.0', ' 60123456789,00', "'60123456789", '="60123456789.0"']) {
        const data = { ...apiContact, id: '60123456789' };
        api().intercept(path, method).reply(200, { status: 'success', data });
        expect(JSON.stringify(await run(place, { contact_id, ...inputData }))).toContain('"60123456789"');
      }
    },
  );

  it.each(['#ERROR!', '5.23312E+11', '60123456789.5', 'null', 'N/A', '-'])(
    'that is %j is nobody',
    async (contact_id) => {
      for (const [place, inputData] of steps.slice(1)) {
        expect(await failure(run(place, { contact_id, ...inputData }))).toMatchObject({
          kind: 'HaltedError',
          sentence: expect.stringContaining('The Contact ID field does not contain an ID.'),
        });
      }
      expect(await run('searches.find_contact_by_id', { contact_id })).toEqual([]);
    },
  );
});
