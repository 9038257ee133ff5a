import type { RequestListener } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createRunner,
  loadBuiltIntegration,
  type Runner,
  readFailure,
} from '../../../tools/zapier/runner.ts';
import { type Recorder, startRecorder } from '../../support/recorder.ts';
import { places, token } from './places.ts';

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

const contact = {
  id: `id ${token}`,
  created_at: 1575618542,
  tags: [token, `my ${token}!`],
  custom_fields: { note: `Bearer ${token}`, deep: { deeper: [token] } },
};
const words = {
  status: 'success',
  message: `Bearer ${token}`,
  links: { next: `http://evil.example/${token}` },
};
const echo = (url: string) => ({ ...words, data: url.includes('by_custom_field') ? [contact] : contact });

/** Answers that repeat the token, each in its own way. */
const answers: [name: string, answer: RequestListener][] = [
  ['a success', ({ url = '' }, response) => response.end(JSON.stringify(echo(url)))],
  // As PHP writes it.
  [
    'a success, slashes escaped',
    ({ url = '' }, response) => response.end(JSON.stringify(echo(url)).replaceAll('/', '\\/')),
  ],
  [
    'a success of a strange form',
    (_, response) => response.end(JSON.stringify({ data: { [token]: token } })),
  ],
  ['a web page', (_, response) => response.end(`<html>${token}</html>`)],
  ['a redirect', (_, response) => response.writeHead(302, { location: `/?token=${token}` }).end(token)],
  ...[400, 401, 403, 404, 405, 429, 500].map((status): [string, RequestListener] => [
    `${status}`,
    (_, response) =>
      response.writeHead(status, { 'x-echo': token }).end(JSON.stringify({ ...words, status: 'error' })),
  ]),
];

describe.each(answers)('where the API answers with the token: %s', (_name, told) => {
  it.each(places)('$place $inputData shows it to nobody', async ({ place, inputData, meta }) => {
    answer = told;
    printed.length = 0;
    const authData = { host: 'app.bony.chat', channel_token: token, channel_name: `My ${token}` };
    const outcome = await run(place, { inputData, authData, forgets: true, meta: meta ?? {} }).then(
      JSON.stringify,
      (error) => JSON.stringify([readFailure(error), error.message, error.stack]),
    );
    const escaped = token.replaceAll('/', '\\/');
    for (const text of [outcome, ...printed, ...logs.takeRequests().map(({ body }) => body)]) {
      expect(text).not.toContain(token);
      expect(text).not.toContain(escaped);
    }
    for (const { headers, url, body } of api.takeRequests()) {
      expect(headers).toMatchObject({ authorization: `Bearer ${token}` });
      const { authorization: _, ...others } = headers;
      expect(JSON.stringify([others, url, body])).not.toContain(token);
    }
  });
});

it('reads the log that the platform keeps', async () => {
  answer = answers[0]?.[1] ?? answer;
  logs.takeRequests();
  const authData = { host: 'app.bony.chat', channel_token: token };
  await run('creates.send_message', { inputData: { contact_id: '1', text: 'Hi' }, authData });
  const [log] = logs.takeRequests();
  expect(log?.body).toContain('/message/sendContent/1');
  expect(log?.body).toMatch(/authorization: :censored/);
});

it('shows no token that was typed where it does not belong', async () => {
  answer = (_, response) => response.writeHead(404).end();
  const authData = { host: 'app.bony.chat', channel_token: token };
  const running = run('creates.add_tags', { inputData: { contact_id: token, tags: ['VIP'] }, authData });
  await expect(running).rejects.toThrow('No contact of this channel has the ID "•••".');
});
