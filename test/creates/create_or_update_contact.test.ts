import { describe, expect, it } from '@jest/globals';
import App from '../../index.ts';
import { api, apiContact, failure, run } from '../support/zap.ts';

const createOrUpdate = (inputData: Record<string, unknown>) =>
  run('creates.create_or_update_contact', {
    match_field: 'email',
    match_value: 'a+b@c.example',
    ...inputData,
  });

const lookUp = (...data: unknown[]) =>
  api().get('/contact/by_custom_field?name=email&value=a%2Bb%40c.example').reply(200, { data });

describe('Create or Update Contact', () => {
  it('updates the contact that it finds', async () => {
    lookUp(apiContact, { ...apiContact, id: 'another' });
    api()
      .put('/contact/1776025372480910', { custom_fields: [{ name: 'firstName', value: 'Ana' }] })
      .reply(200, { data: { id: '1776025372480910' } });
    expect(await createOrUpdate({ firstName: 'Ana' })).toEqual({
      id: '1776025372480910',
      custom_fields: { firstName: 'Ana' },
      created: false,
    });
  });

  it('leaves a contact alone where there is nothing to change', async () => {
    lookUp(apiContact);
    expect(await createOrUpdate({})).toEqual({ id: '1776025372480910', custom_fields: {}, created: false });
  });

  it('creates a contact where it finds none, with the value that the next run looks for', async () => {
    lookUp();
    api()
      .post('/contact/', {
        custom_fields: [
          { name: 'email', value: 'a+b@c.example' },
          { name: 'firstName', value: 'Ana' },
        ],
      })
      .reply(200, { data: { id: 'cus_1' } });
    expect(await createOrUpdate({ firstName: 'Ana' })).toEqual({
      id: 'cus_1',
      custom_fields: { email: 'a+b@c.example', firstName: 'Ana' },
      created: true,
    });
  });

  it('creates nothing where the look-up fails', async () => {
    api()
      .get(/by_custom_field/)
      .reply(404, '');
    expect(await failure(createOrUpdate({ firstName: 'Ana' }))).toMatchObject({
      kind: 'AppError',
      status: 404,
    });
  });

  it('says that running again is safe when the creation got no clear answer', async () => {
    lookUp();
    api().post('/contact/').reply(500);
    expect((await failure(createOrUpdate({}))).sentence).toBe(
      'app.bony.chat has an internal problem (status 500). The contact may have been created all the same. Running this step again is safe, as it looks for the contact first.',
    );
  });

  it('does not call it safe to run again where the field is filled in otherwise, so that nobody is found', async () => {
    lookUp();
    api()
      .post('/contact/', { custom_fields: [{ name: 'email', value: 'other@c.example' }] })
      .reply(500);
    expect((await failure(createOrUpdate({ email: 'other@c.example' }))).sentence).toMatch(
      /Running this step again could create another one: look for it first\.$/,
    );
  });

  it('says how far it came, and that running again is safe, when a later request of the creation fails', async () => {
    lookUp();
    api()
      .post('/contact/')
      .reply(200, { data: { id: 'cus_1' } });
    api().put('/contact/cus_1').reply(429);
    const custom_fields = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`f${n}`, 'v']));
    expect(await failure(createOrUpdate({ custom_fields }))).toMatchObject({
      kind: 'AppError',
      sentence:
        'The contact was created with the ID "cus_1", but only the first 30 of its 31 fields are certain to have been saved. app.bony.chat is receiving too many requests for this channel and did not carry this one out. Running this step again is safe, as it looks for the contact first.',
    });
  });

  it.each([
    [
      { match_field: '' },
      'The Match Field ID field is empty. Fill in the ID of a field, like phone or email.',
    ],
    [{ match_value: null }, 'The Match Value field is empty. Fill in or map the value to look for.'],
  ])('refuses %j before anything is sent', async (inputData, sentence) => {
    expect(await failure(createOrUpdate(inputData))).toEqual({ kind: 'HaltedError', sentence });
  });

  it('runs one at a time for each value and connection', () => {
    expect(App.creates.create_or_update_contact.operation.lock).toEqual({
      key: '{{bundle.inputData.match_field}}={{bundle.inputData.match_value}}',
      scope: ['auth'],
    });
  });
});
