import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Poll } from '../../../tools/zapier/simulated-zap.ts';
import { type Model, type Person, useModel } from './model.ts';

// Random histories of a channel, polled by the real trigger. Zapier starts the Zap for each id and version that it has
// not been given, so what has to be right is what a poll returns: every contact that matches, with the right version.
// Some are played over HTTP, six times as many without it, which is faster.

const start = useModel({ isOverHttp: true });
const startWithoutHttp = useModel({ isOverHttp: false });

const values = ['TRUE', 'yes'];
const everyValue = [...values, 'FALSE'];

type Event = (model: Model) => void;

const pick = fc.double({ min: 0, max: 0.999, noNaN: true });
const change = <T>(choices: T[], act: (person: Person, chosen: T, model: Model) => void) =>
  fc.record({ pick, chosen: fc.constantFrom(...choices) }).map(
    ({ pick, chosen }): Event =>
      (model) => {
        const person = model.people[Math.floor(pick * model.people.length)];
        if (person) act(person, chosen, model);
      },
  );

const create = fc.constantFrom(...everyValue).map(
  (zap): Event =>
    (model) =>
      model.create({ zap }),
);
const match = change(everyValue, ({ custom_fields }, zap) => Object.assign(custom_fields, { zap }));
const plan = change(['', 'Free', 'Gold'], ({ custom_fields }, to) =>
  Object.assign(custom_fields, { plan: to }),
);
const note = change(['x', 'y'], ({ custom_fields }, to) => Object.assign(custom_fields, { note: to }));
const tag = change(['a', 'b'], (person, to) => {
  person.tags = person.tags.includes(to) ? [] : [...person.tags, to];
});
const remove = change([null], ({ id }, _, model) => {
  model.people.splice(
    model.people.findIndex((person) => person.id === id),
    1,
    { ...model.create({}), id },
  );
});
const event = fc.oneof(create, { weight: 3, arbitrary: match }, plan, note, tag, remove);

const step = fc.record({
  wait: fc.constantFrom(60, 900, 4000),
  events: fc.array(event, { maxLength: 6 }),
  /** What happens before the second request of the poll. */
  during: fc.array(event, { maxLength: 1 }),
  fault: fc.option(
    fc.record({ request: fc.integer({ min: 1, max: 4 }), status: fc.constantFrom(403, 429, 500) }),
    { nil: undefined, freq: 3 },
  ),
  forgets: fc.boolean(),
});

const history = fc.record({
  isWatching: fc.boolean(),
  hasMeta: fc.boolean(),
  hasZapId: fc.boolean(),
  order: fc.constantFrom<Model['order'][]>('newest first', 'oldest first', 'shuffled'),
  before: fc.array(fc.constantFrom(...everyValue), { maxLength: 60 }),
  steps: fc.array(step, { minLength: 1, maxLength: 6 }),
});

const idsOf = (items: readonly { id: string }[]) => items.map(({ id }) => id).sort();

/** Knows each version by the values that it stands for, and fails where two stand for the same or one for two. */
function createVersions(model: Model, isWatching: boolean) {
  const versions = new Map<string, unknown>();
  return (returned: Poll['returned']) => {
    for (const { id, version } of returned) {
      const { custom_fields, tags } = model.people.find((person) => person.id === id) ?? model.create({});
      const key = isWatching ? JSON.stringify([custom_fields.plan || '', [...tags].sort()]) : '';
      const known = versions.get(key) ?? version;
      expect(version).toBe(known);
      versions.set(key, known);
    }
    expect(new Set(versions.values()).size).toBe(versions.size);
  };
}

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Plays a step: what happens, a pause, and a poll, with what happens before its requests. */
async function take(
  { wait, events, during, fault, forgets }: Step,
  model: Model,
  poll: ReturnType<typeof start>['poll'],
): Promise<{ returned: Poll['returned']; isCalm: boolean }> {
  for (const happen of events) happen(model);
  model.now += wait;
  model.beforeAnswer = (request) => {
    if (request === 2) for (const happen of during) happen(model);
    return fault?.request === request
      ? { status: fault.status, body: '{"status":"error","message":"Not now"}' }
      : undefined;
  };
  const polled = await poll(forgets).catch(() => undefined);
  model.beforeAnswer = () => undefined;
  const isCalm = during.length === 0 && fault === undefined;
  return { returned: polled?.returned ?? [], isCalm };
}

it.each([
  ['over HTTP', start, 30],
  ['without HTTP', startWithoutHttp, 200],
])(
  'Updated Contact returns every contact that matches, over random histories, %s',
  (_how, startZap, numRuns) =>
    fc.assert(
      fc.asyncProperty(history, async ({ isWatching, hasMeta, hasZapId, order, before, steps }) => {
        const { model, zap, poll } = startZap({
          field_values: values,
          ...(isWatching && { watched_fields: ['tags', 'plan'] }),
        });
        Object.assign(model, { hasMeta, hasZapId, order });
        for (const zap of before) model.create({ zap });
        const matching = () => idsOf(model.matching('zap', values));
        const checkVersions = createVersions(model, isWatching);
        const { returned: there } = await zap.switchOn();
        expect(idsOf(there)).toEqual(matching());

        let wasCalm = true;
        for (const one of steps) {
          const { returned, isCalm } = await take(one, model, poll);
          if (isCalm) checkVersions(returned);
          // Without a memory, a count, a Zap's ID or a constant version, everything is read in every poll.
          const readsAll = isWatching || !hasMeta || !hasZapId || one.forgets;
          if (isCalm && wasCalm && readsAll) expect(idsOf(returned)).toEqual(matching());
          wasCalm = isCalm;
        }
        // What a limit stopped goes on in the first of these, and after an hour everything is read again.
        await poll();
        model.now += 3601;
        const { returned } = await poll();
        expect(idsOf(returned)).toEqual(matching());
        checkVersions(returned);
      }),
      { numRuns },
    ),
);

it('Updated Contact is given all that is there while it is switched on, though contacts come or go', () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom<Model['order'][]>('newest first', 'oldest first', 'shuffled'),
      fc.integer({ min: 11, max: 60 }),
      fc.array(fc.record({ request: fc.integer({ min: 2, max: 4 }), pick }), { maxLength: 2 }),
      fc.boolean(),
      async (order, count, moves, come) => {
        const { model, zap } = startWithoutHttp();
        model.order = order;
        for (let index = 0; index < count; index += 1) model.create({ zap: 'TRUE' });
        const early = model.matching('zap', values);
        model.beforeAnswer = (request) => {
          for (const { pick } of moves.filter((move) => move.request === request)) {
            const person = model.people[Math.floor(pick * count)];
            if (come) model.create({ zap: 'TRUE' });
            else Object.assign(person?.custom_fields ?? {}, { zap: 'FALSE' });
          }
          return undefined;
        };
        const { returned } = await zap.switchOn();
        const late = new Set(model.matching('zap', values));
        expect(idsOf(returned)).toEqual(
          expect.arrayContaining(idsOf(early.filter((person) => late.has(person)))),
        );
      },
    ),
    { numRuns: 100 },
  ));
