import { describe, expect, it } from '@jest/globals';
import { RecipeZap, readRecipes } from '../../tools/zapier/recipe.ts';
import { loadBuiltIntegration, type Runner } from '../../tools/zapier/runner.ts';
import { useChannel } from '../support/channel.ts';

// These tests read each recipe from its table in the guides and run it on the sandbox, so a wrong cell fails here.

const channel = useChannel({ contacts: 0 });
const phone = '523312345678';
const integration = await loadBuiltIntegration();
const run: Runner = (place, { inputData, ...given } = {}) =>
  channel.run(place, inputData, { ...given, authData: { country: 'MX', channel_type: 'whatsapp' } });

/** One phone number as spreadsheets and forms write it. A contact created with any of these spellings gets `international`. */
const spellings = ["'+52 33 1234 5678", `${phone}.0`, 'Cel: (33) 1234-5678'];
const international = `+${phone}`;
const withPhone = (spelling: string) => ({ ...ana, Phone: spelling, Teléfono: spelling });

/** The outputs of another app's step. Most values appear twice because the guides name them in two languages. */
const ana = {
  ID: 'C-204',
  'First name': 'Ana',
  Nombre: 'Ana',
  'Last name': 'Ruiz',
  Apellido: 'Ruiz',
  Phone: phone,
  Teléfono: phone,
  Email: 'ana@example.com',
  Correo: 'ana@example.com',
  Plan: 'Free',
  Product: 'Course',
  Producto: 'Course',
  City: 'Guadalajara',
  Ciudad: 'Guadalajara',
  'Order number': '1043',
  'Número de pedido': '1043',
  Picture: 'https://www.dropbox.com/s/ID/shoes.jpg?dl=1',
  Foto: 'https://www.dropbox.com/s/ID/shoes.jpg?dl=1',
  Tags: 'VIP, Newsletter,\nVIP',
  Etiquetas: 'VIP, Newsletter,\nVIP',
  Start: '2026-12-01T10:00:00-06:00',
  Inicio: '2026-12-01T10:00:00-06:00',
};

const contacts = () => channel.sandbox.store.list();
const messagesTo = (id = '') => channel.sandbox.store.messagesOf(id).map(({ message }) => message);

describe.each(['docs/guide.md', 'docs/guia.md'])('%s', (guide) => {
  const isEnglish = guide === 'docs/guide.md';
  const zap = (number: number) =>
    new RecipeZap(run, integration, readRecipes(guide)[number - 1]?.steps ?? []);

  it('has fourteen recipes', () => {
    expect(readRecipes(guide)).toHaveLength(14);
  });

  it('1: a form becomes a contact, who is welcomed once', async () => {
    for (const spelling of spellings) await zap(1).run(withPhone(spelling));
    await zap(1).run({ ...ana, 'First name': 'Ana María', Nombre: 'Ana María' });
    const [contact, ...others] = contacts();
    expect(others).toEqual([]);
    const fields = { phone: international, firstName: 'Ana María', email: ana.Email };
    expect(contact?.custom_fields).toMatchObject(fields);
    const components = [expect.objectContaining({ parameters: [{ type: 'text', text: 'Ana' }] })];
    const template = expect.objectContaining({ components });
    expect(messagesTo(contact?.id)).toEqual([{ type: 'whatsapp_template', template }]);
  });

  it('2: a person of a CRM is created once, then updated; what is empty there changes nothing', async () => {
    await zap(2).run(ana);
    await zap(2).run({ ...ana, 'Last name': '', Apellido: '', Plan: 'Gold' });
    const person = { firstName: 'Ana', lastName: 'Ruiz', phone, email: ana.Email };
    const fields = { customerid: ana.ID, ...person, plan: 'Gold' };
    expect(contacts().map(({ custom_fields }) => custom_fields)).toEqual([fields]);
  });

  it('3: a payment tags the contact, who is created if there is none', async () => {
    const [added, removed] = isEnglish ? ['Paid', 'Trial'] : ['Pagado', 'Prueba'];
    const email = 'luis@example.com';
    channel.sandbox.store.add({ custom_fields: { email }, tags: [removed, 'VIP'] });
    const luis = { ...ana, Email: email, Correo: email };
    for (const paid of [luis, luis, ana, ana]) await zap(3).run(paid);
    const tagsOf = Object.fromEntries(contacts().map((each) => [each.custom_fields.email, each.tags]));
    expect(tagsOf).toEqual({ [email]: ['VIP', added, 'Course'], [ana.Email]: [added, 'Course'] });
  });

  it('4: a file is imported without duplicates, also a second time', async () => {
    const others = ['+52 33 1234 5679', '33 1234 5670'];
    const rows = [...spellings, ...others, ...spellings].map(withPhone);
    const moved = { ...withPhone('5213312345679'), City: 'Tepic', Ciudad: 'Tepic' };
    for (const line of [...rows, ...rows, moved]) await zap(4).run(line);
    const fields = contacts().map(({ custom_fields }) => custom_fields);
    expect(fields.map(({ phone, city, ciudad }) => [phone, city ?? ciudad]).sort()).toEqual([
      ['+523312345670', 'Guadalajara'],
      [international, 'Guadalajara'],
      ['+523312345679', 'Tepic'],
    ]);
    expect(contacts().every(({ tags }) => tags.length === 1)).toBe(true);
  });

  it('5: a new contact is answered once, with quick replies', async () => {
    const { store } = channel.sandbox;
    const at = Math.floor(Date.now() / 1000);
    const earlier = store.add({ custom_fields: { subscribed: 'TRUE' }, created_at: at - 86_400 });
    const { poll } = await zap(5).switchOn();
    const fields = { subscribed: 'FALSE', firstName: 'Ana' };
    const { id } = store.add({ custom_fields: fields, created_at: at + 1 });
    await poll();
    await poll();
    expect(messagesTo(earlier.id)).toEqual([]);
    const replies = Array(3).fill(expect.any(String));
    expect(messagesTo(id)).toEqual([{ type: 'quick_reply', title: expect.stringContaining('Ana'), replies }]);
  });

  const bodies = () => channel.requests().filter((line) => line.includes('/message/'));

  it('6: an order is confirmed with its picture and a button', async () => {
    await zap(6).run(ana);
    const [contact, ...others] = contacts();
    expect(others).toEqual([]);
    const parameters = [{ type: 'text', text: '1043' }];
    const image = { link: ana.Picture, filename: 'shoes.jpg', caption: '' };
    const url = expect.stringMatching(/\/\{\{1\}\}$/);
    const template = {
      name: expect.any(String),
      languageCode: isEnglish ? 'en' : 'es_MX',
      components: [
        { type: 'header', format: 'image', parameters: [{ type: 'image', image }] },
        {
          type: 'body',
          text: expect.stringContaining('{{2}}'),
          parameters: [{ type: 'text', text: 'Ana' }, ...parameters],
        },
        { type: 'buttons', buttons: [{ type: 'url', text: expect.any(String), url, parameters }] },
      ],
    };
    expect(messagesTo(contact?.id)).toEqual([{ type: 'whatsapp_template', template }]);
  });

  it('7: the digest reads all pages', async () => {
    const { store } = channel.sandbox;
    const plan = isEnglish ? 'Trial' : 'Prueba';
    for (let number = 0; number < 12; number += 1) store.add({ custom_fields: { plan, firstName: 'Ana' } });
    await zap(7).run({});
    expect(channel.requests()).toEqual([
      `GET /api/v1/contact/by_custom_field?name=plan&value=${plan}`,
      `GET /api/v1/contact/by_custom_field?name=plan&value=${plan}&page=2`,
    ]);
  });

  it("8: the tags of a cell become the contact's, also a second time", async () => {
    await zap(8).run(ana);
    await zap(8).run(ana);
    expect(contacts().map(({ tags }) => tags)).toEqual([['VIP', 'Newsletter']]);
  });

  it('9: nobody is written to who opted out', async () => {
    const { store } = channel.sandbox;
    const willing = store.add({ custom_fields: { phone: '+60123456789' }, tags: ['VIP'] });
    const optedOut = store.add({
      custom_fields: { phone: '+60123456780' },
      tags: ['VIP', isEnglish ? 'No messages' : 'No escribir'],
    });
    for (const number of ['+60 12-345 6789', '+60123456780', '+60123456781'])
      await zap(9).run(withPhone(number));
    expect([willing, optedOut].map(({ id }) => messagesTo(id).length)).toEqual([1, 0]);
    expect(bodies()).toHaveLength(1);
  });

  it('10: a reminder says when in words that can be read, and offers two answers', async () => {
    await zap(10).run(ana);
    const when = isEnglish ? '12/01/2026 10:00' : '01/12/2026 10:00';
    const parameters = ['Ana', when].map((text) => ({ type: 'text', text }));
    const yes = isEnglish ? 'Yes' : 'Sí';
    const buttons = [yes, expect.any(String)].map((text) => ({ type: 'quick_reply', text }));
    const components = [
      { type: 'body', parameters },
      { type: 'buttons', buttons },
    ];
    expect(messagesTo(contacts()[0]?.id)).toMatchObject([{ template: { components } }]);
  });

  it('11: a contact gets the tag that a workflow waits for', async () => {
    const { id } = channel.sandbox.store.add({ custom_fields: { phone: international } });
    await zap(11).run(ana);
    expect(channel.sandbox.store.get(id)?.tags).toEqual([isEnglish ? 'zap-won' : 'zap-ganado']);
  });

  it('12: a contact whose ID a workflow sent is written to; any other is not', async () => {
    const { id } = channel.sandbox.store.add({ custom_fields: { firstName: 'Ana' } });
    await zap(12).run({ ID: id });
    await zap(12).run({ ID: 'nobody' });
    expect(messagesTo(id)).toEqual([{ type: 'text', text: expect.stringContaining('Ana') }]);
    expect(bodies()).toHaveLength(1);
  });

  it('13: a workflow starts the Zap each time that it sets the field, however old the contact is', async () => {
    const { store } = channel.sandbox;
    const at = Math.floor(Date.now() / 1000);
    const { id } = store.add({ custom_fields: { zap: 'FALSE', email: ana.Email }, created_at: at - 86_400 });
    const already = store.add({ custom_fields: { zap: 'TRUE' }, created_at: at - 86_400 });
    const zapOf = (contact: string) => store.get(contact)?.custom_fields.zap;
    const starts = () => channel.requests().filter((line) => line.startsWith('PUT ')).length;
    const { poll } = await zap(13).switchOn();
    for (let round = 0; round < 3; round += 1) {
      store.update(id, { zap: 'TRUE' });
      const before = starts();
      await poll();
      await poll();
      expect([zapOf(id), starts() - before]).toEqual(['FALSE', 1]);
    }
    expect(zapOf(already.id)).toBe('TRUE');
  });

  it('14: a number that nobody has is written to, and becomes one contact however it is written', async () => {
    for (const spelling of spellings) {
      await zap(14).run({ ...withPhone(spelling), 'First name': '', Nombre: '' });
    }
    const [contact, ...others] = contacts();
    expect(others).toEqual([]);
    expect(contact?.custom_fields).toEqual({ phone: international });
    expect(messagesTo(contact?.id)).toHaveLength(3);
    expect(JSON.stringify(messagesTo(contact?.id)[0])).toContain(isEnglish ? '"there"' : '"cliente"');
  });
});
