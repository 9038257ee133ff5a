import { beforeEach, describe, expect, it } from '@jest/globals';
import { useChannel } from './channel.ts';
import { failure } from './failure.ts';

/** Runs every operation of a build against a sandbox: requests, results and what changes in the channel. */
export function describeOperations(file: string, host = 'app.bony.chat'): void {
  const channel = useChannel({ contacts: 0 }, file);
  const { run, requests } = channel;

  const anything = 'Hola {{first_name}} {{bundle.inputData.x}} 🎉 "a&b"\n+1 100%';
  let id: string;

  beforeEach(() => {
    const { sandbox } = channel;
    for (const contact of sandbox.store.list()) {
      sandbox.store.delete(contact.id);
    }
    id = sandbox.store.add({
      custom_fields: { firstName: 'Muhammad Mahin', phone: '+60123456789' },
      tags: ['Blog Updates'],
      created_at: 1575618542,
    }).id;
  });

  const found = () => ({
    id,
    created_at: '2019-12-06T07:49:02.000Z',
    tags: ['Blog Updates'],
    custom_fields: { firstName: 'Muhammad Mahin', phone: '+60123456789' },
  });
  const stored = (contactId = id) => channel.sandbox.store.get(contactId);
  const sent = () => channel.sandbox.store.messagesOf(id).map(({ message }) => message);

  describe('the built integration, against the sandbox', () => {
    it('connects', async () => {
      expect(await run('authentication.test')).toEqual({ host });
      expect(requests()).toEqual(['GET /api/v1/contact/by_custom_field?name=firstName&value=Zapier']);
    });

    it('finds a contact by ID', async () => {
      expect(await run('searches.find_contact_by_id', { contact_id: id })).toEqual([found()]);
      expect(requests()).toEqual([`GET /api/v1/contact/${id}`]);
      expect(await run('searches.find_contact_by_id', { contact_id: 'nobody' })).toEqual([]);
    });

    it('finds a contact by custom field', async () => {
      const find = (field_name: string, field_value: string) =>
        run('searches.find_contact_by_custom_field', { field_name, field_value });
      expect(await find('firstName', 'Muhammad Mahin')).toEqual([found()]);
      expect(await find('phone', '+60123456789')).toEqual([found()]);
      expect(await find('phone', '60123456789')).toEqual([found()]);
      expect(requests()).toEqual([
        'GET /api/v1/contact/by_custom_field?name=firstName&value=Muhammad%20Mahin',
        'GET /api/v1/contact/by_custom_field?name=phone&value=%2B60123456789',
        'GET /api/v1/contact/by_custom_field?name=phone&value=%2B60123456789',
      ]);
    });

    it('finds all contacts with a value, page after page', async () => {
      const { store } = channel.sandbox;
      const ids = Array.from(
        { length: 35 },
        () => store.add({ custom_fields: { city: 'Ciudad de México' } }).id,
      );
      const find = (inputData = {}) =>
        run('searches.find_contacts', {
          field_name: 'city',
          field_value: 'Ciudad de México',
          ...inputData,
        });
      const [result, ...others] = [await find()].flat();
      expect(others).toEqual([]);
      const { contacts, ...counts } = Object(result);
      expect(counts).toEqual({ total: 35, count: 35, has_more: false });
      expect(contacts.map((contact: object) => Reflect.get(contact, 'id')).sort()).toEqual(ids.sort());
      expect(contacts[0]).toEqual({
        id: expect.any(String),
        created_at: expect.stringMatching(/Z$/),
        tags: [],
        custom_fields: { city: 'Ciudad de México' },
      });
      const first = 'GET /api/v1/contact/by_custom_field?name=city&value=Ciudad%20de%20M%C3%A9xico';
      expect(requests()).toEqual([first, `${first}&page=2`, `${first}&page=3`, `${first}&page=4`]);
      expect(await find({ limit: 12 })).toMatchObject([{ total: 35, count: 12, has_more: true }]);
      expect(requests()).toHaveLength(6);
      expect(await find({ field_value: 'Tepic' })).toEqual([]);
    });

    it('creates a contact', async () => {
      const created = await run('creates.create_contact', { phone: '03244077087', firstName: anything });
      const { id: newId } = Object(created);
      expect(created).toEqual({ id: newId, custom_fields: { phone: '03244077087', firstName: anything } });
      expect(stored(newId)?.custom_fields).toEqual({ phone: '03244077087', firstName: anything });
      expect(requests()).toEqual([
        `POST /api/v1/contact/ ${JSON.stringify({
          custom_fields: [
            { name: 'firstName', value: anything },
            { name: 'phone', value: '03244077087' },
          ],
        })}`,
      ]);
    });

    it('finds or creates a contact, and finds it the next time', async () => {
      const created = await run(
        'creates.create_contact',
        { field_name: 'email', field_value: 'ana@example.com', firstName: 'Ana' },
        { meta: { withSearch: 'find_contact_by_custom_field' } },
      );
      expect(created).toEqual({
        id: expect.stringMatching(/^cus_\d{12}$/),
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        tags: [],
        custom_fields: { email: 'ana@example.com', firstName: 'Ana' },
      });
      const inputData = { field_name: 'email', field_value: 'ana@example.com' };
      expect(await run('searches.find_contact_by_custom_field', inputData)).toEqual([created]);
    });

    it('creates a contact with more than 30 fields', async () => {
      const custom_fields = Object.fromEntries(Array.from({ length: 61 }, (_, i) => [`f${i}`, `v${i}`]));
      const created = await run('creates.create_contact', { custom_fields });
      expect(stored(Object(created).id)?.custom_fields).toEqual(custom_fields);
      expect(requests()).toHaveLength(3);
    });

    it('updates a contact, and clears a field', async () => {
      await run('creates.update_contact', { contact_id: id, lastName: anything, clear_fields: ['phone'] });
      expect(stored()?.custom_fields).toEqual({ firstName: 'Muhammad Mahin', lastName: anything, phone: '' });
      expect(requests()).toEqual([
        `PUT /api/v1/contact/${id} ${JSON.stringify({
          custom_fields: [
            { name: 'lastName', value: anything },
            { name: 'phone', value: '' },
          ],
        })}`,
      ]);
    });

    it('creates a contact once and updates it afterwards', async () => {
      const save = (firstName: string) =>
        run('creates.create_or_update_contact', {
          match_field: 'email',
          match_value: 'a+b@c.example',
          firstName,
        });
      const created = await save('Ana');
      expect(created).toMatchObject({ created: true });
      const { id: newId } = Object(created);
      const custom_fields = { email: 'a+b@c.example', firstName: 'Eva' };
      expect(await save('Eva')).toEqual({ id: newId, custom_fields, tags: [], created: false });
      expect(stored(newId)?.custom_fields).toEqual(custom_fields);
      expect(requests().map((line) => line.split(' ')[0])).toEqual(['GET', 'POST', 'GET', 'PUT']);
    });

    it('adds and removes tags', async () => {
      const tag = anything.replace('\n', ' ');
      await run('creates.add_tags', { contact_id: id, tags: [' VIP ', tag] });
      expect(stored()?.tags).toEqual(['Blog Updates', 'VIP', tag]);
      await run('creates.remove_tags', { contact_id: id, tags: ['Blog Updates', tag] });
      expect(stored()?.tags).toEqual(['VIP']);
      expect(requests()).toEqual([
        `POST /api/v1/contact/${id}/tags ${JSON.stringify({ tags: ['VIP', tag] })}`,
        `DELETE /api/v1/contact/${id}/tags ${JSON.stringify({ tags: ['Blog Updates', tag] })}`,
      ]);
    });

    it.each([
      { type: 'text', text: anything },
      { type: 'image', url: 'https://example.com/a.jpg' },
      { type: 'video', url: 'https://example.com/a.mp4' },
      { type: 'audio', url: 'https://example.com/a.mp3' },
      { type: 'file', url: 'https://example.com/a.pdf' },
      { type: 'quick_reply', title: anything, replies: ['Sí {{x}} 🎉', 'No "&" 100%'] },
    ])('sends %j', async (message) => {
      const { type: message_type, ...inputs } = message;
      expect(await run('creates.send_message', { contact_id: id, message_type, ...inputs })).toEqual({
        id,
        status: 'Success',
        message: 'Message Sent',
      });
      expect(sent()).toEqual([message]);
      expect(requests()).toEqual([
        `POST /api/v1/message/sendContent/${id} ${JSON.stringify({ body: [message] })}`,
      ]);
    });

    it('sends a WhatsApp template', async () => {
      const result = await run('creates.send_message', {
        contact_id: id,
        message_type: 'whatsapp_template',
        template_name: 'ready',
        template_language: 'es',
        template_text: 'Hola {{1}}',
        template_parameters: [anything.replace('\n', ' ')],
        force_cancel_survey: true,
      });
      expect(result).toEqual({ id, status: 'success', message_id: expect.any(String) });
      expect(channel.sandbox.store.messagesOf(id)[0]?.forceCancelSurvey).toBe(true);
    });

    it('makes a request of the user', async () => {
      const result = await run('creates.api_request', {
        method: 'POST',
        path: `/contact/${id}/tags`,
        body: '{"tags":["{{VIP}}"]}',
      });
      expect(result).toEqual({
        status: 200,
        data: { status: 'success', message: 'Contact Tags have been added successfully.', data: [] },
      });
      expect(stored()?.tags).toEqual(['Blog Updates', '{{VIP}}']);
    });

    it('reports new contacts, newest first', async () => {
      const { store } = channel.sandbox;
      const inputData = { field_name: 'subscribed', field_values: ['TRUE', 'FALSE'] };
      const poll = (meta = {}) => run('triggers.new_contact', inputData, { meta });
      expect(await poll({ isPopulatingDedupe: true })).toEqual([]);
      const at = Math.floor(Date.now() / 1000);
      const older = store.add({ custom_fields: { subscribed: 'TRUE' }, created_at: at });
      const newer = store.add({ custom_fields: { subscribed: 'FALSE' }, created_at: at + 1 });
      expect(await poll()).toEqual(
        [newer, older].map((contact) => expect.objectContaining({ id: contact.id })),
      );
    });
  });

  describe('what the sandbox refuses, as a user reads it', () => {
    it('a wrong token', async () => {
      const authData = { host: 'app.bony.chat', channel_token: 'wrong' };
      expect(await failure(run('authentication.test', {}, { authData }))).toMatchObject({
        kind: 'ExpiredAuthError',
      });
    });

    it('an unknown contact', async () => {
      expect(await failure(run('creates.add_tags', { contact_id: 'nobody', tags: ['a'] }))).toMatchObject({
        kind: 'HaltedError',
        sentence: expect.stringContaining('This channel has no contact with the ID "nobody".'),
      });
    });

    it('a link of another type', async () => {
      const inputData = { contact_id: id, message_type: 'image', url: 'https://example.com/a.pdf' };
      expect(await failure(run('creates.send_message', inputData))).toMatchObject({
        kind: 'AppError',
        status: 403,
      });
      expect(sent()).toEqual([]);
    });
  });
}
