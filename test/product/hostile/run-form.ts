import assert from 'node:assert/strict';
import { type Runner, readFailure } from '../../../tools/zapier/runner.ts';
import type { Recorder } from '../../support/recorder.ts';
import { type HostileForm, isAllowed } from './forms.ts';

export const token = 'channel-token-1234';

const prototype = Reflect.ownKeys(Object.prototype);

/** The exact headers of every request. An input that adds or changes one has injected a header. */
const headersAt = (port: number) => ({
  host: `127.0.0.1:${port}`,
  authorization: `Bearer ${token}`,
  accept: 'application/json',
  'accept-encoding': 'gzip,deflate',
  'content-type': 'application/json',
  'user-agent': 'Zapier',
});

/**
 * Runs an operation with hostile inputs and returns the number of its requests. Throws if the run fails without a sentence for
 * the user, or if it sends a request that its form does not allow, or too many requests.
 */
export async function runForm(
  form: HostileForm,
  inputData: Record<string, unknown>,
  run: Runner,
  recorder: Recorder,
): Promise<number> {
  const failure = await run(form.place, {
    inputData,
    authData: { host: 'app.bony.chat', channel_token: token },
    forgets: true,
    meta: form.meta ?? {},
  }).then(() => undefined, readFailure);
  const requests = recorder.takeRequests();

  if (failure) {
    assert(['HaltedError', 'AppError'].includes(failure.kind), `${failure.kind}: ${failure.sentence}`);
    assert.match(failure.sentence, /^.{20,}\.$/s);
  }
  const most = form.mostRequests(inputData);
  assert(requests.length <= most, `${requests.length} requests, where ${most} are enough.`);
  for (const request of requests) {
    const { 'content-length': _length, connection, ...headers } = request.headers;
    assert.match(String(connection), /^(?:close|keep-alive)$/);
    assert.deepEqual({ ...headers }, headersAt(recorder.port));
    const line = `${request.method} ${request.url}`;
    assert(isAllowed(form, line.replace(' /api/v1/', ' /')), `${line} is none of its requests.`);
    assert.doesNotMatch(request.url.split('?')[0] ?? '', /\/\.{1,2}(?:\/|$)/);
  }
  assert.deepEqual(Reflect.ownKeys(Object.prototype), prototype);
  return requests.length;
}
