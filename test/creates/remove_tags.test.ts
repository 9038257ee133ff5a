import { describe, expect, it } from '@jest/globals';
import { api, apiContact, failure, run } from '../support/zap.ts';

const removeTags = (tags: unknown) => run('creates.remove_tags', { contact_id: '1776025372480910', tags });

describe('Remove Tags From Contact', () => {
  it('removes the tags, in the body of a DELETE, and outputs them', async () => {
    api()
      .delete('/contact/1776025372480910/tags', { tags: ['Blog Updates', 'Platform Updates'] })
      .reply(200, { status: 'success', message: 'Contact Tags deleted successfully.', data: [] });
    expect(await removeTags(['Blog Updates', ' Platform Updates'])).toEqual({
      id: '1776025372480910',
      tags: ['Blog Updates', 'Platform Updates'],
    });
  });

  it('refuses an empty list', async () => {
    expect(await failure(removeTags([]))).toEqual({
      kind: 'HaltedError',
      sentence: 'The Tags field is empty. Fill in at least one tag.',
    });
  });

  it('says how far it came if a later request fails', async () => {
    const tags = Array.from({ length: 11 }, (_, i) => `tag ${i}`);
    api().delete('/contact/1776025372480910/tags').reply(200, { status: 'success' });
    api().delete('/contact/1776025372480910/tags').reply(500);
    expect((await failure(removeTags(tags))).sentence).toMatch(/^The first 10 of 11 tags were removed\. /);
  });
});

describe('the dropdown of Remove Tags From Contact', () => {
  const dropdown = (contact_id?: string) =>
    run('creates.remove_tags.operation.inputFields.1.choices.perform', { contact_id });

  it('offers the tags that the contact has', async () => {
    api().get('/contact/1776025372480910').reply(200, { data: apiContact });
    expect(await dropdown('1776025372480910')).toEqual({
      results: [{ id: 'Blog Updates', label: 'Blog Updates' }],
      paging_token: null,
    });
  });

  it('offers nothing, and asks for nothing, while no contact is chosen', async () => {
    expect(await dropdown()).toEqual({ results: [], paging_token: null });
  });

  it('offers nothing for an unknown contact', async () => {
    api().get('/contact/1').reply(404, { status: 'error', message: 'Not found' });
    expect(await dropdown('1')).toEqual({ results: [], paging_token: null });
  });
});
