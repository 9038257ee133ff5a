import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { promisify } from 'node:util';
import { startRecorder } from '../../support/recorder.ts';
import { places, token } from './places.ts';
import { readingsOf, spellings } from './spellings.ts';

// Core gives its log 200 ms to arrive, which is too short on a busy machine. This file loads core with a timer that never
// fires, so that core waits for the log. It needs a process of its own because other tests use the real timer.
const usual = setTimeout;
globalThis.setTimeout = Object.assign(usual.bind(globalThis), {
  __promisify__: usual.__promisify__,
  [promisify.custom]: () => new Promise(() => {}),
});
const { createRunner, loadBuiltIntegration, readFailure } = await import('../../../tools/zapier/runner.ts');
globalThis.setTimeout = usual;

/** A placeholder in answers. A spelling of the token replaces it after JSON.stringify, which would escape it again. */
const here = 'TOKEN';
const custom_fields = { note: `Bearer ${here}`, [here]: 'x', deep: { deeper: [here] } };
const contact = { id: `id ${here}`, created_at: 1575618542, tags: [here, `my ${here}!`], custom_fields };
const links = { next: `http://evil.example/${here}` };
const words = { status: 'success', message: `Bearer ${here}`, links };
const success = (url: string) => ({ ...words, data: url.includes('by_custom_field') ? [contact] : contact });
const failing = { ...words, status: 'error' };

/** Returns nested lists. Answers with more than 100 levels are not read, because core fails after some thousands. */
const nested = (levels: number) => `${'['.repeat(levels)}"${here}"${']'.repeat(levels)}`;

type Echo = [name: string, status: number, body: (url: string) => string];

/** Answers whose token could reach an output or an error message. Every operation meets them in every spelling. */
const shown: Echo[] = [
  ['a success', 200, (url) => JSON.stringify(success(url))],
  ['a 403', 403, () => JSON.stringify(failing)],
];

/** Answers of unexpected shapes. To save time, each operation meets them in every third spelling only. */
const strange: Echo[] = [
  ['a success of a strange form', 200, () => JSON.stringify({ data: { [here]: here } })],
  ['a 403 nested 10,000 deep', 403, () => `{"message":"${here}","a":${nested(10_000)}}`],
  ['a 403 whose message is a map', 403, () => JSON.stringify({ message: { [here]: [here, { a: here }] } })],
  ['a 403 as problem+json', 403, () => JSON.stringify({ title: here, detail: `No ${here}` })],
];

/** Answers whose text is never shown, or is shown by the same code as above. One spelling is therefore enough. */
const others: Echo[] = [
  ['a success nested 100,000 deep', 200, () => nested(100_000)],
  ['a 403 nested 100,000 deep', 403, () => `{"message":"${here}","a":${nested(100_000)}}`],
  ['a web page', 200, () => `<html>${here}</html>`],
  ['a redirect', 302, () => here],
  ...[400, 401, 404, 405, 429, 500].map(
    (status): Echo => [`${status}`, status, () => JSON.stringify(failing)],
  ),
];

let answer: RequestListener = () => {};
const api = await startRecorder((request, response) => answer(request, response));
const logs = await startRecorder();
// Core sends its log to this address, so the test can search the log for the token.
process.env.LOGGING_ENDPOINT = `http://127.0.0.1:${logs.port}/log`;
process.env.LOGGING_TOKEN = 'log-token';
process.env.CHANNEL_API_BASE_URL = `http://127.0.0.1:${api.port}`;
const run = createRunner(await loadBuiltIntegration());
const print = console.log;
const printed: string[] = [];
console.log = (...words) => printed.push(words.join(' '));
console.error = console.log;

/** Runs an operation. Returns everything that could leak the token: result or error, printed lines, the platform's log. */
async function listen({ place, inputData, meta }: (typeof places)[number]) {
  printed.length = 0;
  const authData = { host: 'app.bony.chat', channel_token: token, channel_name: `My ${token}` };
  const outcome = await run(place, { inputData, authData, forgets: true, meta: meta ?? {} }).then(
    (result) => result,
    (error) => [readFailure(error), error.message, error.stack],
  );
  return { outcome, printed, log: logs.takeRequests().flatMap(({ body }) => body.split('\n')) };
}

/** Throws unless the log holds requests but no answers. If no log arrived, the search for leaks would prove nothing. */
async function checkLog(): Promise<void> {
  answer = (_, response) => response.end(JSON.stringify({ status: 'success', message: 'an answer' }));
  const sent = { place: 'creates.send_message', inputData: { contact_id: '1', text: 'Hi' } };
  const log = (await listen(sent)).log.find((line) => line.includes('/message/sendContent/1')) ?? '';
  assert.match(log, /authorization: :censored/);
  assert.doesNotMatch(log, /an answer/);
  assert.equal(api.takeRequests().length, 1);
}

/** Runs operations against an answer that repeats the token. Throws if the token leaks; returns the number of requests. */
async function runEcho(
  [name, status, body]: Echo,
  [spelling, spelled]: (typeof spellings)[number],
  met: typeof places,
): Promise<number> {
  answer = ({ url = '' }, response) => {
    response.writeHead(status, { 'x-echo': token, location: `/?token=${encodeURIComponent(token)}` });
    response.end(body(url).replaceAll(here, spelled));
  };
  for (const place of met) {
    const heard = await listen(place);
    const where = `${name}, the token ${spelling}, ${place.place}`;
    const leaks = readingsOf(heard).filter((text) => text.includes(token));
    assert.deepEqual(leaks, [], where);
    assert.equal(heard.log.length > 0, place.place !== 'authentication.connectionLabel', `${where}: its log`);
  }
  const requests = api.takeRequests();
  assert(requests.length >= met.length - 1, `${name}: ${requests.length} requests`);
  for (const { headers, url, body } of requests) {
    const { authorization, ...others } = headers;
    assert.equal(authorization, `Bearer ${token}`);
    assert(!JSON.stringify([others, url, body]).includes(token), url);
  }
  return requests.length;
}

await checkLog();
let requests = 0;
let echoes = 0;
for (const [index, spelling] of spellings.entries()) {
  const third = places.filter((_, place) => place % 3 === index % 3);
  for (const echo of [...shown, ...strange, ...(index === 0 ? others : [])]) {
    requests += await runEcho(echo, spelling, strange.includes(echo) ? third : places);
    echoes += 1;
  }
}
api.close();
logs.close();
print(`${echoes} answers, ${requests} requests`);
