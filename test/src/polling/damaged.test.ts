import { describe, expect, it } from '@jest/globals';
import { readFailure } from '../../../tools/zapier/runner.ts';
import { Channel, type Sort } from '../../support/channel-model.ts';
import { type Trigger, withoutCore, Zap } from '../../support/zap-model.ts';

const cases = (['new_contact', 'updated_contact'] as const).flatMap((trigger) =>
  (['newest', 'oldest', 'hash', 'touched'] as const).flatMap((sort) =>
    (['full', 'none'] as const).map((meta) => [trigger, sort, meta] as const),
  ),
);

/** Sets up a Zap on a channel with 34 contacts. Every third one is unreadable unless `isDamaged` is false. */
function start(trigger: Trigger, sort: Sort, meta: 'full' | 'none', isDamaged = true) {
  const channel = new Channel({ sort, meta });
  channel.fill(['TRUE'], 34, 300);
  for (const [index, person] of channel.people.entries()) person.isDamaged = isDamaged && index % 3 === 0;
  return { channel, zap: new Zap(channel, withoutCore(channel, trigger)) };
}

describe('contacts that cannot be read', () => {
  it.each(cases)(
    '%s, %s first, meta %s: the others come, at each of 50 polls',
    async (trigger, sort, meta) => {
      const { channel, zap } = start(trigger, sort, meta);
      expect((await zap.switchOn()).error).toBeUndefined();
      const fired: string[] = [];
      for (let poll = 0; poll < 50; poll += 1) {
        channel.now += 60;
        if (poll % 20 === 10) channel.create(['TRUE']).isDamaged = true;
        if (poll % 10 === 0) channel.create(['TRUE']);
        if (poll % 25 === 24) channel.remove(channel.people.find(({ gone }) => !gone) ?? channel.create([]));
        const outcome = await zap.poll();
        expect(outcome.error).toBeUndefined();
        fired.push(...outcome.fired);
      }
      const readable = channel.people.filter(({ isDamaged, seq }) => !isDamaged && seq >= 34);
      expect(fired.toSorted()).toEqual(readable.map(({ id }) => id).toSorted());
    },
  );

  it.each(cases)('%s, %s first, meta %s: cost no request more', async (trigger, sort, meta) => {
    const costs = async (isDamaged: boolean) => {
      const { channel, zap } = start(trigger, sort, meta, isDamaged);
      await zap.switchOn();
      const requests: number[] = [];
      for (let poll = 0; poll < 61; poll += 1) {
        channel.now += 60;
        requests.push((await zap.poll()).requests);
      }
      return requests;
    };
    expect(await costs(true)).toEqual(await costs(false));
  });

  it.each(['new_contact', 'updated_contact'] as const)(
    '%s says so where a page has no others',
    async (trigger) => {
      const { channel, zap } = start(trigger, 'newest', 'full');
      for (const person of channel.people) person.isDamaged = person.seq > 23;
      const { error } = await zap.switchOn();
      expect(readFailure(error)).toMatchObject({
        code: 'unexpected_answer',
        sentence:
          'app.bony.chat answered in an unexpected format (at "data.0" of the contact "cus_33"). Check the platform chosen in the connection. Trying again is safe.',
      });
    },
  );
});
