import type { HttpRequestOptionsWithUrl, RawHttpResponse, ZObject } from 'zapier-platform-core';
import type * as schema from 'zod/mini';
import type { Connection } from '../connection/connection.ts';
import { type AnswerBody, parseBodyWithoutToken } from '../connection/token.ts';
import { answerError, shapeError } from '../failures/answer-table.ts';
import { failureOf } from '../failures/failure.ts';
import { networkError } from '../failures/network-errors.ts';
import type { RequestContext } from '../failures/request-context.ts';
import { Connections } from './agents.ts';
import { secondsToAnswer } from './time-limit.ts';

/** One request. Its path is already percent-encoded. */
export interface ApiRequest extends Omit<RequestContext, 'host' | 'token' | 'seconds'> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  query?: Record<string, string>;
  body?: string; // JSON text, sent byte for byte.
}

export type ApiAnswer<T> = { data: T; response: RawHttpResponse };

/** Makes one request. Repeats it only if that is harmless and a reused connection was closed. `shape` parses the answer. */
export type SendRequest = <T>(request: ApiRequest, shape: schema.ZodMiniType<T>) => Promise<ApiAnswer<T>>;

/** All requests of one run share this. */
export interface Run {
  send: SendRequest;
  connection: Connection;
  requireTime: () => void; // Throws if the run has no time left for another request.
}

/** Bytes, once decompressed. Ten contacts take a few kilobytes. */
const largestAnswer = 400 * 1024;

function requestOptions({ baseUrl, token }: Connection, request: ApiRequest, seconds: number) {
  const { method, path, query = {}, body } = request;
  // URLSearchParams would write a space as `+`; the documentation shows `%20`.
  const search = Object.entries(query).map((pair) => pair.map(encodeURIComponent).join('='));
  return {
    method,
    url: `${baseUrl}${path}${search.length > 0 ? `?${search.join('&')}` : ''}`,
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      'content-type': 'application/json',
      'user-agent': 'Zapier',
    },
    // As a string, and with `merge: false`, the body arrives byte for byte. Otherwise core would remove `{{…}}` from it.
    ...(body !== undefined && { body }),
    merge: false,
    // The token must not follow a redirect to another host.
    redirect: 'manual',
    // Otherwise core would throw its own errors for 4xx (for 429 even earlier), without our sentences for the user.
    skipThrowForStatus: true,
    throwForThrottlingEarly: false,
    // Otherwise core would log the answer, and it masks the token there only if it is written plainly.
    raw: true,
    size: largestAnswer,
    signal: AbortSignal.timeout(seconds * 1000),
  } satisfies HttpRequestOptionsWithUrl & { raw: true } & Record<string, unknown>;
}

/** Reads an answer's body. If it is unreadable, the status says enough, except for a 2xx, for which the error is thrown. */
async function readBody(response: RawHttpResponse, token: string): Promise<AnswerBody> {
  try {
    return parseBodyWithoutToken(await response.text(), token);
  } catch (error) {
    if (response.status >= 300) return parseBodyWithoutToken('', token);
    throw error;
  }
}

/** Returns the function that makes all requests of one run. */
export function createSender(
  z: ZObject,
  connection: Connection,
  secondsSinceStart: () => number,
): SendRequest {
  const connections = new Connections(connection.baseUrl);
  const { host, token } = connection;
  const attempt: SendRequest = async (request, shape) => {
    const isRepeatable = request.ifUnanswered === undefined;
    const seconds = secondsToAnswer(secondsSinceStart(), isRepeatable);
    const context = { ...request, host, token, seconds };
    const agent = connections.next(isRepeatable);
    let response: RawHttpResponse;
    let body: AnswerBody;
    try {
      response = await z.request({ ...requestOptions(connection, request, seconds), agent });
      body = await readBody(response, token);
    } catch (error) {
      throw networkError(error, context, connections.isConnected);
    }
    const failure = answerError(response, body.data, context);
    if (failure) throw failure;
    if (body.isTooDeep) throw shapeError(undefined, [], response.status, context);
    // 204 promises that there is no body.
    const parsed = shape.safeParse(response.status === 204 ? {} : body.data);
    if (!parsed.success) throw shapeError(body.data, parsed.error.issues, response.status, context);
    return { data: parsed.data, response };
  };
  return async (request, shape) => {
    try {
      return await attempt(request, shape);
    } catch (error) {
      // The server may close a connection between two requests: the request is made once more, on a new connection.
      if (!connections.isUsed || failureOf(error)?.code !== 'interrupted') throw error;
      connections.shareNoMore();
      return attempt(request, shape);
    }
  };
}
