import { expect, it } from '@jest/globals';
import { readFailure } from '../../../tools/zapier/runner.ts';
import { Channel, type Sort } from '../../support/channel-model.ts';
import { type Trigger, withoutCore, Zap } from '../../support/zap-model.ts';

const triggers = ['new_contact', 'updated_contact'] as const;
const cases = triggers.flatMap((trigger) =>
  (['newest', 'oldest', 'hash', 'touched'] as const).flatMap((sort) =>
    (['full', 'none'] as const).map((meta) => [trigger, sort, meta] as const),
  ),
);

/** Plays an hour without events, then one in which contacts come and one leaves. If `isDamaged`, some contacts cannot be read. */
async function play(trigger: Trigger, sort: Sort, meta: 'full' | 'none', isDamaged: boolean) {
  const channel = new Channel({ sort, meta });
  channel.fill(['TRUE'], 34, 300);
  for (const person of channel.people) person.isDamaged = isDamaged && person.seq % 3 === 0;
  const zap = new Zap(channel, withoutCore(channel, trigger));
  const polls = [await zap.switchOn()];
  for (let poll = 0; poll < 122; poll += 1) {
    channel.now += 60;
    if (poll > 61 && poll % 10 === 0) channel.create(['TRUE']).isDamaged = isDamaged && poll % 20 === 10;
    if (poll === 84) for (const person of channel.people.slice(0, 1)) channel.remove(person);
    polls.push(await zap.poll());
  }
  const readable = channel.people.filter((person) => !person.isDamaged && person.seq >= 34);
  expect([...zap.fired.keys()].toSorted()).toEqual(readable.map(({ id }) => id).toSorted());
  expect(polls.flatMap(({ error }) => error ?? [])).toEqual([]);
  return polls.slice(1, 62).map(({ requests }) => requests);
}

it.each(cases)(
  '%s, %s first, meta %s: the others come if some contacts cannot be read, and cost no request more',
  async (...kind) => {
    expect(await play(...kind, true)).toEqual(await play(...kind, false));
  },
);

it.each(triggers)('%s says so if no contact of a page can be read', async (trigger) => {
  const channel = new Channel();
  channel.fill(['TRUE'], 34, 300);
  for (const person of channel.people) person.isDamaged = person.seq > 23;
  const { error } = await new Zap(channel, withoutCore(channel, trigger)).switchOn();
  expect(readFailure(error)).toMatchObject({
    code: 'unexpected_answer',
    sentence:
      'app.bony.chat answered in an unexpected format (at "data.0" of the contact "cus_33"). Check the platform chosen in the connection. Trying again is safe.',
  });
});
