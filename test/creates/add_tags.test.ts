import { describe, expect, it, jest } from '@jest/globals';
import { api, failure, run } from '../support/zap.ts';

const addTags = (tags: unknown) => run('creates.add_tags', { contact_id: '1776025372480910', tags });
const posts = (tags?: string[]) => api().post('/contact/1776025372480910/tags', tags && { tags });
const takes = (tags?: string[]) => posts(tags).reply(200, { status: 'success', data: [] });
const many = Array.from({ length: 25 }, (_, i) => `tag ${i}`);

describe('Add Tags to Contact', () => {
  it('adds the tags and outputs them', async () => {
    takes(['Blog Updates', 'Platform Updates']);
    expect(await addTags(['Blog Updates', 'Platform Updates'])).toEqual({
      id: '1776025372480910',
      tags: ['Blog Updates', 'Platform Updates'],
    });
  });

  it.each(['unsuccessful', 'successful?', ''])('takes the status %j for no success', async (status) => {
    posts().reply(200, { status });
    expect(await failure(addTags(['VIP']))).toMatchObject({ kind: 'AppError' });
  });

  it.each([[[]], [[' ']], [undefined]])('refuses %j: no tag is left', async (tags) => {
    expect(await failure(addTags(tags))).toEqual({
      kind: 'HaltedError',
      sentence: 'The Tags field is empty. Fill in at least one tag.',
    });
  });

  it('sends ten tags a request', async () => {
    takes(many.slice(0, 10));
    takes(many.slice(10, 20));
    takes(many.slice(20));
    expect(await addTags(many)).toMatchObject({ tags: many });
  });

  it.each([
    [
      401,
      { kind: 'ExpiredAuthError' },
      'app.bony.chat does not accept the channel token. Copy the token again from Settings → Channels → the key icon and connect the channel with it. Running this step again is safe.',
    ],
    [
      429,
      { kind: 'ThrottledError', delay: 7 },
      'app.bony.chat received too many requests for this channel and did not process this one. Zapier will try this step again in about 7 seconds.',
    ],
    [
      400,
      { kind: 'AppError', code: 'refused', status: 400 },
      'app.bony.chat refused the request and gave this reason: "A tag is too long". Correct what the reason names, then run the step again. Running this step again is safe.',
    ],
  ])('says how far it came if a later request gets %i', async (status, error, sentence) => {
    takes();
    posts().reply(status, { message: 'A tag is too long' }, { 'retry-after': '7' });
    expect(await failure(addTags(many))).toEqual({
      ...error,
      sentence: `The first 10 of 25 tags were added. The others may not have been. ${sentence}`,
    });
  });

  it('begins no further request if the last ones took too long', async () => {
    posts().reply(200, () => {
      jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 19_001);
      return { status: 'success' };
    });
    expect(await failure(addTags(many))).toMatchObject({
      code: 'too_slow',
      sentence:
        'The first 10 of 25 tags were added. The others may not have been. This took more than 19 seconds, so there was no time left for the rest. Running this step again is safe.',
    });
  });
});
