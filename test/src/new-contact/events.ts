import fc from 'fast-check';
import type { Channel, Person, Sort } from '../../support/channel-model.ts';

/** Something that happens to the channel. `pick` chooses whom, as a share of those there are. */
export type Event =
  | { kind: 'create'; count: number; over: number }
  | { kind: 'createHidden'; count: number }
  | { kind: 'matchHidden'; count: number }
  | { kind: 'matchOld'; count: number }
  | { kind: 'remove'; count: number; pick: number }
  | { kind: 'unmatch'; count: number; pick: number }
  | { kind: 'touch'; pick: number }
  | { kind: 'resort'; to: Sort };

const count = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 3 }) },
  { weight: 3, arbitrary: fc.integer({ min: 4, max: 15 }) },
  { weight: 1, arbitrary: fc.integer({ min: 16, max: 80 }) },
);
const few = fc.integer({ min: 1, max: 3 });
const pick = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: 0.95, max: 1, noNaN: true }),
);
const kind = <K extends Event['kind']>(name: K) => fc.constant(name);

/** Random events by what they are about. A hidden contact has no watched value yet; an old one is from before. */
export const create = fc.record({ kind: kind('create'), count, over: fc.constantFrom(0, 1, 20, 300) });
/** Bursts that stay among the newest 300 contacts, and bursts that take several pages. */
export const createFew = create.map((event) => ({ ...event, count: Math.min(event.count, 12) }));
export const createMany = create.map((event) => ({ ...event, count: event.count + 20 }));
export const hidden = fc.oneof(
  fc.record({ kind: kind('createHidden'), count: few }),
  fc.record({ kind: kind('matchHidden'), count: few }),
);
export const old = fc.record({ kind: kind('matchOld'), count: few });
export const remove = fc.oneof(
  fc.record({ kind: kind('remove'), count, pick }),
  fc.record({ kind: kind('unmatch'), count: few, pick }),
);
export const touch = fc.record({ kind: kind('touch'), pick });
export const resort = fc.record({ kind: kind('resort'), to: fc.constantFrom<Sort>('newest', 'oldest') });
export const anything = fc.oneof(
  { weight: 4, arbitrary: create },
  { weight: 3, arbitrary: hidden },
  { weight: 1, arbitrary: old },
  { weight: 2, arbitrary: remove },
  { weight: 1, arbitrary: touch },
);

function somebody(channel: Channel, share: number, fits: (person: Person) => boolean): Person | undefined {
  const { people } = channel;
  const start = Math.min(Math.floor(share * people.length), people.length - 1);
  const turned = (step: number) => people[(start - step + people.length) % people.length];
  for (let step = 0; step < people.length; step += 1) {
    const person = turned(step);
    if (person && fits(person)) return person;
  }
  return undefined;
}

const isHidden = (person: Person) => !person.gone && person.values.size === 0;
const isMatching = (person: Person) => person.values.size > 0;

function showUp(channel: Channel, person: Person | undefined, value: string): void {
  if (!person) return;
  person.tardy = true;
  channel.match(person, value);
}

function once(channel: Channel, event: Event, values: string[], since: number): void {
  const [value = '', ...others] = values;
  const chosen = values[channel.people.length % values.length] ?? value;
  const who = 'pick' in event ? somebody(channel, event.pick, isMatching) : undefined;
  switch (event.kind) {
    case 'create': {
      // Every fifth contact has several of the values.
      channel.create(channel.people.length % 5 === 0 ? [value, ...others] : [chosen]);
      break;
    }
    case 'createHidden':
      channel.create([]).tardy = true;
      break;
    case 'matchHidden':
      showUp(
        channel,
        somebody(channel, 1, (one) => isHidden(one) && one.born >= since),
        chosen,
      );
      break;
    case 'matchOld':
      showUp(
        channel,
        somebody(channel, 1, (one) => isHidden(one) && one.born < since),
        chosen,
      );
      break;
    case 'remove':
      if (who) channel.remove(who);
      break;
    case 'unmatch':
      if (who) for (const its of [...who.values]) channel.unmatch(who, its);
      break;
    case 'touch':
      if (who) channel.touch(who);
      break;
    case 'resort':
      channel.resort(event.to);
      break;
  }
}

/** Lets an event happen. Within a poll, it takes no longer than a second. */
export function happen(channel: Channel, event: Event, values: string[], since: number, longest = 300): void {
  const repeat = 'count' in event ? event.count : 1;
  for (let index = 0; index < repeat; index += 1) {
    if (event.kind === 'create') channel.now += Math.min(event.over, longest) / repeat;
    once(channel, event, values, since);
  }
}
