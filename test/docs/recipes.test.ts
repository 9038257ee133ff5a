import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Integration, loadBuiltIntegration, type Runner } from '../../tools/zapier/runner.ts';
import { useChannel } from '../support/channel.ts';
import { RecipeZap, readRecipes } from './recipe.ts';

// The tables of the guides are run as they are written: step by step, field by field.

const channel = useChannel({ contacts: 0 });
const phone = '523312345678';
let integration: Integration;
const run: Runner = (place, { inputData, ...given } = {}) =>
  channel.run(place, inputData, { ...given, authData: { country: 'MX' } });

/** The same phone as three people type it, and as a contact that is created by it has it. */
const spellings = ['+52 33 1234 5678', phone, '(33) 1234-5678'];
const international = `+${phone}`;
const withPhone = (spelling: string) => ({ ...ana, Phone: spelling, Teléfono: spelling });

/** What a step of another app gives, under the names of both guides. */
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
};

beforeAll(async () => {
  integration = await loadBuiltIntegration();
});

beforeEach(() => {
  for (const { id } of channel.sandbox.store.list({ limit: 1000 })) channel.sandbox.store.delete(id);
});

const contacts = () => channel.sandbox.store.list();
const messagesTo = (id = '') => channel.sandbox.store.messagesOf(id).map(({ message }) => message);

describe.each([['docs/guide.md'], ['docs/guia.md']])('%s', (guide) => {
  const zap = (number: number) => new RecipeZap(run, integration, readRecipes(guide)[number - 1] ?? []);

  it('has five recipes', () => {
    expect(readRecipes(guide).map((steps) => steps.length)).toEqual([4, 2, 4, 3, 2]);
  });

  it('1: a form becomes a contact, who is welcomed once', async () => {
    const form = zap(1);
    for (const spelling of spellings) await form.run(withPhone(spelling));
    await form.run({ ...ana, 'First name': 'Ana María', Nombre: 'Ana María' });
    const [contact, ...others] = contacts();
    expect(others).toEqual([]);
    expect(contact?.custom_fields).toMatchObject({
      phone: international,
      firstName: 'Ana María',
      email: 'ana@example.com',
    });
    expect(messagesTo(contact?.id)).toEqual([
      {
        type: 'whatsapp_template',
        template: expect.objectContaining({
          components: [expect.objectContaining({ parameters: [{ type: 'text', text: 'Ana' }] })],
        }),
      },
    ]);
  });

  it('2: a person of a CRM is created once, then updated; what is empty there changes nothing', async () => {
    const crm = zap(2);
    await crm.run(ana);
    await crm.run({ ...ana, 'Last name': '', Apellido: '', Plan: 'Gold' });
    expect(contacts().map(({ custom_fields }) => custom_fields)).toEqual([
      {
        customerid: 'C-204',
        firstName: 'Ana',
        lastName: 'Ruiz',
        phone,
        email: 'ana@example.com',
        plan: 'Gold',
      },
    ]);
  });

  it('3: a payment tags the contact, who is created where there is none', async () => {
    const payment = zap(3);
    const { id } = channel.sandbox.store.add({
      custom_fields: { email: 'luis@example.com' },
      tags: ['Trial', 'Prueba', 'VIP'],
    });
    const luis = { ...ana, Email: 'luis@example.com', Correo: 'luis@example.com' };
    for (const paid of [luis, luis, ana, ana]) await payment.run(paid);
    expect(contacts()).toHaveLength(2);
    const [added, removed] = guide === 'docs/guide.md' ? ['Paid', 'Trial'] : ['Pagado', 'Prueba'];
    const tags = channel.sandbox.store.get(id)?.tags ?? [];
    expect(tags).toEqual(expect.arrayContaining(['VIP', added, 'Course']));
    expect(tags).not.toContain(removed);
    expect(new Set(tags).size).toBe(tags.length);
    const [created] = channel.sandbox.store.findByField('email', 'ana@example.com');
    expect(created?.tags).toEqual([added, 'Course']);
  });

  it('4: a file is imported without duplicates, also a second time', async () => {
    const csv = zap(4);
    const others = ['+52 33 1234 5679', '33 1234 5670'];
    const rows = [...spellings, ...others, ...spellings].map(withPhone);
    const moved = { ...withPhone('5213312345679'), City: 'Tepic', Ciudad: 'Tepic' };
    for (const line of [...rows, ...rows, moved]) await csv.run(line);
    expect(
      contacts()
        .map(({ custom_fields }) => [custom_fields.phone, custom_fields.city ?? custom_fields.ciudad])
        .sort(),
    ).toEqual([
      ['+523312345670', 'Guadalajara'],
      [international, 'Guadalajara'],
      ['+523312345679', 'Tepic'],
    ]);
    expect(contacts().every(({ tags }) => tags.length === 1)).toBe(true);
  });

  it('5: a new contact is answered once, with quick replies', async () => {
    const { store } = channel.sandbox;
    const reply = zap(5);
    const at = Math.floor(Date.now() / 1000);
    const earlier = store.add({ custom_fields: { subscribed: 'TRUE' }, created_at: at - 86_400 });
    const { poll } = await reply.switchOn();
    const { id } = store.add({
      custom_fields: { subscribed: 'FALSE', firstName: 'Ana' },
      created_at: at + 1,
    });
    await poll();
    await poll();
    expect(messagesTo(earlier.id)).toEqual([]);
    expect(messagesTo(id)).toEqual([
      {
        type: 'quick_reply',
        title: expect.stringContaining('Ana'),
        replies: [expect.any(String), expect.any(String), expect.any(String)],
      },
    ]);
  });
});
