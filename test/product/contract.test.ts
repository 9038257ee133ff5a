import { existsSync, readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from '@jest/globals';
import App from '../../index.ts';
import { messageTypes } from '../../src/inputs/message-form.ts';
import { bubble } from '../../tools/console/views/bubble.ts';
import {
  type KnownRun,
  patternOf,
  sampleRunOf,
  sampleRuns,
  searchOrCreateRuns,
} from '../../tools/zapier/sample-runs.ts';
import { rowsUnder } from '../docs/markdown.ts';
import { useChannel } from '../support/channel.ts';
import { mistakesOf } from '../support/description.ts';
import { forgetCreated } from './faults/bed.ts';

const channel = useChannel({ contacts: 100 });
beforeEach(() => {
  const { store } = channel.sandbox;
  for (const { id } of store.findByField('customerid', 'nobody')) store.delete(id);
});

/** Runs an operation. Returns its requests as `METHOD path` and body. Fails if one contradicts the API's description. */
async function requestsOf({
  place,
  inputData,
  authData = {},
  meta = {},
}: KnownRun): Promise<[line: string, body: string][]> {
  const before = channel.sandbox.requests.length;
  forgetCreated(channel.sandbox.store, inputData);
  await channel.run(place, inputData, { authData, meta });
  return channel.sandbox.requests.slice(before).map((request) => {
    expect(mistakesOf(request)).toEqual([]);
    return [`${request.method} ${request.path.replace('/api/v1', '')}`, request.body];
  });
}

const operations = (['triggers', 'searches', 'creates'] as const).flatMap((type) =>
  Object.values<{ key: string; operation: object }>(App[type]).map((definition) => ({
    place: `${type}.${definition.key}`,
    ...definition,
  })),
);
const places = operations.map(({ place }) => place);

describe('every operation of the integration', () => {
  it('has a sample run, and nothing else has', () => {
    expect(sampleRuns.map(({ place }) => place).sort()).toEqual(places.toSorted());
  });

  it.each(sampleRuns.flatMap(({ runs }) => runs))(
    '$name makes only the requests that it needs',
    async (run) => {
      const made = await requestsOf(run);
      expect(made.map(([, body]) => body && JSON.parse(body))).toEqual(
        run.requests.map(({ body = '' }) => body),
      );
      for (const [number, { request }] of run.requests.entries()) {
        const [line = ''] = made[number] ?? [];
        expect(line).toMatch(patternOf(request));
        for (const [name, text] of Object.entries(patternOf(request).exec(line)?.groups ?? {})) {
          const input = [run.inputData[name]].flat()[0];
          expect(decodeURIComponent(text)).toEqual(input ?? expect.any(String));
        }
      }
    },
  );

  it.each(searchOrCreateRuns(App))(
    '$name reads back what it created, and makes no other request',
    async (run) => {
      const made = await requestsOf(run);
      expect(made.map(([line]) => line)).toEqual(
        run.requests.map(({ request }) => expect.stringMatching(patternOf(request))),
      );
    },
  );

  it.each(places)('%s has a file, a test, a sample and a row in both READMEs', (place) => {
    const [type, key] = place.split('.');
    expect(existsSync(`${type}/${key}.ts`)).toBe(true);
    expect(existsSync(`test/${type}/${key}.test.ts`)).toBe(true);
    expect(existsSync(`test/samples/${key}.ts`)).toBe(true);
    for (const page of ['README.md', 'README.es.md']) {
      expect(readFileSync(page, 'utf8')).toContain(`| \`${key}\` |`);
    }
  });
});

describe.each([...messageTypes])('the message type %s', (type, { label }) => {
  it('has a sample, whose request the API describes, and the console shows all of it', async () => {
    const run = sampleRunOf('creates.send_message').runs.find(
      ({ inputData }) => inputData.message_type === type,
    );
    if (!run) throw new Error(`test/samples/send_message.ts has no ${type}.`);
    await requestsOf(run);
    const [sent] = channel.sandbox.store.messagesOf(String(run.inputData.contact_id));
    if (!sent) throw new Error('Nothing was sent.');
    const { type: _, ...parts } = sent.message;
    const shown = String(await bubble(sent));
    for (const text of Object.values(parts).flat()) expect(shown).toContain(text);
  });

  it.each(['README.md', 'README.es.md'])('is in the row of Send Message in %s', (page) => {
    const [row = ''] = /^.*\| `send_message` \|.*$/m.exec(readFileSync(page, 'utf8')) ?? [];
    expect(row).toContain(` \`${type}\``);
  });

  it.each([
    ['docs/guide.md', 'Messages'],
    ['docs/guia.md', 'Mensajes'],
  ])('has a row in %s', (page, heading) => {
    expect(rowsUnder(page, heading).map(([first]) => first)).toContain(label);
  });
});

// Existing Zaps rely on the keys in this snapshot: none may be renamed, removed, made required or turned into another
// kind of field. New keys may be added with `-u`: in its diff, no line that was there may have changed otherwise.
it('the keys that people hold on to are the same', () => {
  const keys = (fields: unknown[] = []) =>
    fields.map(Object).flatMap(({ key, required, list, dict }) => {
      const kind = [required && 'required', list && 'list', dict && 'pairs'].filter(Boolean).join(', ');
      return key === undefined ? [] : kind ? `${key} (${kind})` : key;
    });
  const lines = [
    `connection: ${keys(App.authentication?.fields).join(' ')}`,
    ...operations.map(({ place, operation }) => {
      const { inputFields, outputFields } = Object(operation);
      return `${place}: ${keys(inputFields).join(' ')} -> ${keys(outputFields).join(' ')}`;
    }),
    ...Object.values(App.searchOrCreates ?? {}).map(
      (pair) => `${pair.key}: ${pair.search} or ${pair.create}`,
    ),
  ];
  expect(lines.join('\n')).toMatchSnapshot();
});
