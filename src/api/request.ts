import type { HttpRequestOptionsWithUrl, HttpResponse, ZObject } from 'zapier-platform-core';
import type * as schema from 'zod/mini';
import type { Connection } from '../connection/connection.ts';
import { answerError, shapeError } from '../failures/answer-table.ts';
import { networkError } from '../failures/network-errors.ts';
import type { RequestContext } from '../failures/request-context.ts';
import { createAgents } from './agents.ts';
import { dataWithoutToken } from './token.ts';

/** One request of the Contacts or Messages API. Its path is already percent-encoded. */
export interface ApiRequest extends Omit<RequestContext, 'host' | 'token'> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  query?: Record<string, string>;
  /** JSON text, sent byte for byte. */
  body?: string;
}

/** An answer that is a success: parsed, and as it came. */
export interface ApiAnswer<T> {
  data: T;
  response: HttpResponse<unknown>;
}

/**
 * Makes one request, once, and parses its answer with `shape`.
 * Throws an error with the user's sentence for everything that is not a success of that shape.
 */
export type SendRequest = <T>(request: ApiRequest, shape: schema.ZodMiniType<T>) => Promise<ApiAnswer<T>>;

/** Milliseconds until an answer must be complete. */
const timeout = 10_000;

/** Bytes. Ten contacts take a few kilobytes; core needs a hundred times the size of the worst answer to read it. */
const largestAnswer = 400 * 1024;

function requestOptions(connection: Connection, { method, path, query = {}, body }: ApiRequest) {
  // URLSearchParams would write a space as `+`; the documentation shows `%20`.
  const search = Object.entries(query).map((pair) => pair.map(encodeURIComponent).join('='));
  return {
    method,
    url: `${connection.baseUrl}${path}${search.length > 0 ? `?${search.join('&')}` : ''}`,
    headers: {
      authorization: `Bearer ${connection.token}`,
      accept: 'application/json',
      'content-type': 'application/json',
      'user-agent': 'Zapier',
    },
    // A string body with `merge: false` arrives byte for byte: core would remove `{{…}}` from it.
    ...(body !== undefined && { body }),
    merge: false,
    // The token must not follow a redirect to another host.
    redirect: 'manual',
    // Core would throw its own errors for 4xx and 429, without the user's sentence.
    skipThrowForStatus: true,
    throwForThrottlingEarly: false,
    size: largestAnswer,
    signal: AbortSignal.timeout(timeout),
  } satisfies HttpRequestOptionsWithUrl & Record<string, unknown>;
}

/** What makes the requests of one run. */
export function createSender(z: ZObject, connection: Connection): SendRequest {
  const nextAgent = createAgents(connection.baseUrl);
  const { host, token } = connection;
  return async (request, shape) => {
    const context = { ...request, host, token };
    const options = { ...requestOptions(connection, request), agent: nextAgent() };
    let response: HttpResponse<unknown>;
    try {
      response = await z.request(options);
      response.data = dataWithoutToken(response, token);
    } catch (error) {
      throw networkError(error, context);
    }
    const failure = answerError(response, context);
    if (failure) {
      throw failure;
    }
    // 204 promises that there is no body.
    const parsed = shape.safeParse(response.status === 204 ? {} : response.data);
    if (!parsed.success) {
      throw shapeError(parsed.error, response.status, context);
    }
    return { data: parsed.data, response };
  };
}
