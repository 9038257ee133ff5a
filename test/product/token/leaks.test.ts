import type { RequestListener } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createRunner,
  loadBuiltIntegration,
  type Runner,
  readFailure,
} from '../../../tools/zapier/runner.ts';
import { type Recorder, startRecorder } from '../../support/recorder.ts';
import { places, token } from './places.ts';
import { readingsOf, spellings } from './spellings.ts';

let answer: RequestListener;
let api: Recorder;
let logs: Recorder;
let run: Runner;
const printed: string[] = [];
const usual = { log: console.log, error: console.error };

beforeAll(async () => {
  api = await startRecorder((request, response) => answer(request, response));
  logs = await startRecorder();
  // The platform sends its log of a run where these say.
  process.env.LOGGING_ENDPOINT = `http://127.0.0.1:${logs.port}/log`;
  process.env.LOGGING_TOKEN = 'log-token';
  process.env.CHANNEL_API_BASE_URL = `http://127.0.0.1:${api.port}`;
  run = createRunner(await loadBuiltIntegration());
  console.log = (...words) => printed.push(words.join(' '));
  console.error = console.log;
});
afterAll(() => {
  Object.assign(console, usual);
  for (const name of ['LOGGING_ENDPOINT', 'LOGGING_TOKEN', 'CHANNEL_API_BASE_URL']) {
    delete process.env[name];
  }
  api.close();
  logs.close();
});
beforeEach(() => {
  printed.length = 0;
  api.takeRequests();
  logs.takeRequests();
});

/** Stands where a spelling of the token goes, once an answer is written. */
const here = 'TOKEN';
const contact = {
  id: `id ${here}`,
  created_at: 1575618542,
  tags: [here, `my ${here}!`],
  custom_fields: { note: `Bearer ${here}`, [here]: 'x', deep: { deeper: [here] } },
};
const words = {
  status: 'success',
  message: `Bearer ${here}`,
  links: { next: `http://evil.example/${here}` },
};
const success = (url: string) => ({ ...words, data: url.includes('by_custom_field') ? [contact] : contact });
const failing = { ...words, status: 'error' };

type Echo = [name: string, status: number, body: (url: string) => string];

/** Answers that repeat the token where an output or a sentence shows it. */
const shown: Echo[] = [
  ['a success', 200, (url) => JSON.stringify(success(url))],
  ['a success of a strange form', 200, () => JSON.stringify({ data: { [here]: here } })],
  ['a success nested 100,000 deep', 200, () => `${'['.repeat(100_000)}"${here}"${']'.repeat(100_000)}`],
  ['a 403', 403, () => JSON.stringify(failing)],
  [
    'a 403 nested 100,000 deep',
    403,
    () => `{"message":"${here}","a":${'['.repeat(100_000)}"${here}"${']'.repeat(100_000)}}`,
  ],
  ['a 403 whose message is a map', 403, () => JSON.stringify({ message: { [here]: [here, { a: here }] } })],
  ['a 403 as problem+json', 403, () => JSON.stringify({ title: here, detail: `No ${here}` })],
];

/** Answers of which no word is shown, or whose words are shown like those of a 403. */
const others: Echo[] = [
  ['a web page', 200, () => `<html>${here}</html>`],
  ['a redirect', 302, () => here],
  ...[400, 401, 404, 405, 429, 500].map(
    (status): Echo => [`${status}`, status, () => JSON.stringify(failing)],
  ),
];

/** What a run gives and what everyone hears of it: its result or its error, what was printed, the platform's log. */
async function listen({ place, inputData, meta }: (typeof places)[number]) {
  const authData = { host: 'app.bony.chat', channel_token: token, channel_name: `My ${token}` };
  const outcome = await run(place, { inputData, authData, forgets: true, meta: meta ?? {} }).then(
    (result) => result,
    (error) => [readFailure(error), error.message, error.stack],
  );
  return { outcome, printed, log: logs.takeRequests().flatMap(({ body }) => body.split('\n')) };
}

const cases = spellings.flatMap(([spelling, spelled], index) =>
  [...shown, ...(index === 0 ? others : [])].map(([name, status, body]) => ({
    spelling,
    spelled,
    name,
    status,
    body,
  })),
);

describe.each(cases)('$name, the token $spelling', ({ spelled, status, body }) => {
  it('is shown to nobody by any operation', async () => {
    answer = ({ url = '' }, response) => {
      response.writeHead(status, { 'x-echo': token, location: `/?token=${encodeURIComponent(token)}` });
      response.end(body(url).replaceAll(here, spelled));
    };
    for (const place of places) {
      const heard = await listen(place);
      expect(readingsOf(heard).filter((text) => text.includes(token))).toEqual([]);
      expect(heard.log.length > 0).toBe(place.place !== 'authentication.connectionLabel');
    }
    const requests = api.takeRequests();
    expect(requests.length).toBeGreaterThanOrEqual(places.length - 1);
    for (const { headers, url, body } of requests) {
      expect(headers).toMatchObject({ authorization: `Bearer ${token}` });
      const { authorization: _, ...others } = headers;
      expect(JSON.stringify([others, url, body])).not.toContain(token);
    }
  });
});

it.each(spellings)('would see a token %s in an output, a sentence or a log', (_name, spelled) => {
  for (const heard of [
    JSON.parse(`{"a":["${spelled}"]}`),
    `Refused: "${spelled}".`,
    JSON.stringify({ data: `"${spelled}"` }),
  ]) {
    expect(readingsOf([heard]).some((text) => text.includes(token))).toBe(true);
  }
});

it('reads the log that the platform keeps, which holds no answers', async () => {
  answer = (_, response) => response.end(JSON.stringify({ status: 'success', message: 'an answer' }));
  const authData = { host: 'app.bony.chat', channel_token: token };
  await run('creates.send_message', { inputData: { contact_id: '1', text: 'Hi' }, authData });
  const [log] = logs.takeRequests();
  expect(log?.body).toContain('/message/sendContent/1');
  expect(log?.body).toMatch(/authorization: :censored/);
  expect(log?.body).not.toContain('an answer');
});

it('shows no token that was typed where it does not belong', async () => {
  answer = (_, response) => response.writeHead(404).end();
  const authData = { host: 'app.bony.chat', channel_token: token };
  const running = run('creates.add_tags', { inputData: { contact_id: token, tags: ['VIP'] }, authData });
  await expect(running).rejects.toThrow('This channel has no contact with the ID "•••".');
});
