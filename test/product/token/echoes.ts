import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { promisify } from 'node:util';
import { startRecorder } from '../../support/recorder.ts';
import { places, token } from './places.ts';
import { readingsOf, spellings } from './spellings.ts';

// In a process of its own, because it loads core with another timer: core gives its log 200 ms to arrive, which do not
// suffice on a busy machine. Here it waits for as long as it takes.
const usual = setTimeout;
globalThis.setTimeout = Object.assign(usual.bind(globalThis), {
  __promisify__: usual.__promisify__,
  [promisify.custom]: () => new Promise(() => {}),
});
const { createRunner, loadBuiltIntegration, readFailure } = await import('../../../tools/zapier/runner.ts');
globalThis.setTimeout = usual;

/** Stands where a spelling of the token goes, once an answer is written. */
const here = 'TOKEN';
const custom_fields = { note: `Bearer ${here}`, [here]: 'x', deep: { deeper: [here] } };
const contact = { id: `id ${here}`, created_at: 1575618542, tags: [here, `my ${here}!`], custom_fields };
const links = { next: `http://evil.example/${here}` };
const words = { status: 'success', message: `Bearer ${here}`, links };
const success = (url: string) => ({ ...words, data: url.includes('by_custom_field') ? [contact] : contact });
const failing = { ...words, status: 'error' };

/** A list in a list and so on. From the 101st level on, an answer is not read; core fails after some thousand levels. */
const nested = (levels: number) => `${'['.repeat(levels)}"${here}"${']'.repeat(levels)}`;

type Echo = [name: string, status: number, body: (url: string) => string];

/** Answers that repeat the token where an output or a sentence shows it: every operation meets them in every spelling. */
const shown: Echo[] = [
  ['a success', 200, (url) => JSON.stringify(success(url))],
  ['a 403', 403, () => JSON.stringify(failing)],
];

/** Answers of other forms with the same words: every operation meets them in every third spelling. */
const strange: Echo[] = [
  ['a success of a strange form', 200, () => JSON.stringify({ data: { [here]: here } })],
  ['a 403 nested 10,000 deep', 403, () => `{"message":"${here}","a":${nested(10_000)}}`],
  ['a 403 whose message is a map', 403, () => JSON.stringify({ message: { [here]: [here, { a: here }] } })],
  ['a 403 as problem+json', 403, () => JSON.stringify({ title: here, detail: `No ${here}` })],
];

/** Answers of which no word is shown, or whose words are shown like those above: one spelling suffices. */
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
// The platform sends its log of a run where these say.
process.env.LOGGING_ENDPOINT = `http://127.0.0.1:${logs.port}/log`;
process.env.LOGGING_TOKEN = 'log-token';
process.env.CHANNEL_API_BASE_URL = `http://127.0.0.1:${api.port}`;
const run = createRunner(await loadBuiltIntegration());
const print = console.log;
const printed: string[] = [];
console.log = (...words) => printed.push(words.join(' '));
console.error = console.log;

/** What is heard of a run: its result or its error, what was printed, the platform's log. */
async function listen({ place, inputData, meta }: (typeof places)[number]) {
  printed.length = 0;
  const authData = { host: 'app.bony.chat', channel_token: token, channel_name: `My ${token}` };
  const outcome = await run(place, { inputData, authData, forgets: true, meta: meta ?? {} }).then(
    (result) => result,
    (error) => [readFailure(error), error.message, error.stack],
  );
  return { outcome, printed, log: logs.takeRequests().flatMap(({ body }) => body.split('\n')) };
}

/** Throws if the log is not the platform's, which holds requests and no answers. */
async function checkLog(): Promise<void> {
  answer = (_, response) => response.end(JSON.stringify({ status: 'success', message: 'an answer' }));
  const sent = { place: 'creates.send_message', inputData: { contact_id: '1', text: 'Hi' } };
  const log = (await listen(sent)).log.find((line) => line.includes('/message/sendContent/1')) ?? '';
  assert.match(log, /authorization: :censored/);
  assert.doesNotMatch(log, /an answer/);
  assert.equal(api.takeRequests().length, 1);
}

/** Lets operations meet an answer that repeats the token in a spelling. Returns the number of requests. */
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
