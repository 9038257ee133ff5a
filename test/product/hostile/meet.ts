import assert from 'node:assert/strict';
import { type Runner, readFailure } from '../../../tools/zapier/runner.ts';
import type { Witness, WitnessedRequest } from '../../support/witness.ts';
import type { HostileOperation } from './operation.ts';

export const token = 'channel-token-1234';

const prototype = Reflect.ownKeys(Object.prototype);

/** Headers that every request has, whatever was typed, and no others. */
const headersAt = (port: number) => ({
  host: `127.0.0.1:${port}`,
  authorization: `Bearer ${token}`,
  accept: 'application/json',
  'accept-encoding': 'gzip,deflate',
  'content-type': 'application/json',
  'user-agent': 'Zapier',
});

/** Whether a request is one of those that its operation may make. */
function isOwn({ requests }: HostileOperation, { method, url }: WitnessedRequest): boolean {
  return requests.some((form) => {
    const start = form.split('{…}').map((part) => part.replace(/[/?.]/g, '\\$&'));
    const search = form.endsWith('?') ? 'name=[^&]+&value=[^&]+(?:&page=\\d+)?' : '';
    const end = form === `${method} /api/v1/` ? '' : '$';
    return new RegExp(`^${start.join('[^/?#]+')}${search}${end}`).test(`${method} ${url}`);
  });
}

/**
 * Runs an operation, and holds its requests and its failure against what may be. Gives the number of requests.
 * Throws where something unexplained happens, goes elsewhere, or does not arrive as it was typed.
 */
export async function meet(
  operation: HostileOperation,
  inputData: Record<string, unknown>,
  run: Runner,
  witness: Witness,
): Promise<number> {
  const failure = await run(operation.place, {
    inputData,
    authData: { host: 'app.bony.chat', channel_token: token },
    forgets: true,
    meta: operation.meta ?? {},
  }).then(() => undefined, readFailure);
  const requests = witness.seen();

  if (failure) {
    assert(['HaltedError', 'AppError'].includes(failure.kind), `${failure.kind}: ${failure.sentence}`);
    assert.match(failure.sentence, /^.{20,}\.$/s);
  }
  for (const request of requests) {
    const { 'content-length': _length, connection, ...headers } = request.headers;
    assert.match(String(connection), /^(?:close|keep-alive)$/);
    assert.deepEqual({ ...headers }, headersAt(witness.port));
    assert(isOwn(operation, request), `${request.method} ${request.url} is none of its requests.`);
    assert.doesNotMatch(request.url.split('?')[0] ?? '', /\/\.{1,2}(?:\/|$)/);
  }
  if (requests.length > 0 && !failure) {
    for (const [typed, arrived] of operation.arrivals(inputData, requests)) {
      // JSON has no -0.
      assert.deepEqual(arrived, typed === 0 ? 0 : typed);
    }
  }
  assert.deepEqual(Reflect.ownKeys(Object.prototype), prototype);
  return requests.length;
}
