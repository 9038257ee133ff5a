import type { HttpRequestOptionsWithUrl, HttpResponse, ZObject } from 'zapier-platform-core';
import * as schema from 'zod/mini';
import { type AuthData, type Connection, openConnection } from '../connection/connection.ts';
import {
  explainAnswer,
  explainNetworkError,
  explainShape,
  type FailedRequest,
} from '../failures/failures.ts';
import { lenientText } from '../models/schemas.ts';

/** One request of the Contacts or Messages API; its path is percent-encoded already. */
export interface ApiRequest extends Omit<FailedRequest, 'connection'> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  query?: Record<string, string>;
  /** JSON text, sent byte for byte. */
  body?: string;
}

/** What carries a connection: any bundle of the platform. */
export interface Connected {
  authData: AuthData;
}

/** The answer to a request that only does something. The API writes `success` and `Success`. */
export const successShape = {
  status: schema.optional(schema.string().check(schema.refine((status) => /^success$/i.test(status)))),
  // Only shown: a success without it is one.
  message: lenientText,
};
export const successSchema = schema.object(successShape);

/** Shorter than any real token: in a sandbox, a token like `x` is part of every word. */
const shortToken = 8;

/** The data of an answer, the token blacked out where it repeats it: outputs travel on through a user's Zaps. */
function withoutToken({ content, data }: HttpResponse<unknown>, token: string): unknown {
  const spelled = JSON.stringify(token).slice(1, -1);
  // PHP, which the API is written in, writes a slash as \/.
  const isRepeated = [spelled, spelled.replaceAll('/', '\\/')].some((spelling) => content.includes(spelling));
  if (!isRepeated || data === undefined || token.length < shortToken) {
    return data;
  }
  const blackOut = (text: string) => text.replaceAll(token, '•••');
  return JSON.parse(JSON.stringify(data), (_key, value: unknown) => {
    if (typeof value === 'string') {
      return blackOut(value);
    }
    const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isMap
      ? Object.fromEntries(Object.entries(value).map(([key, held]) => [blackOut(key), held]))
      : value;
  });
}

/** Milliseconds until an answer must be complete. */
const timeout = 10_000;
/** Bytes. Ten contacts take a few kilobytes; core takes a hundred times an answer's size to read the worst. */
const largestAnswer = 400 * 1024;

/** Importing these would also load what they re-export, which takes longer than all our code. */
const { Agent: HttpAgent } = process.getBuiltinModule('node:http');
const { Agent: HttpsAgent } = process.getBuiltinModule('node:https');

type Agent = InstanceType<typeof HttpAgent>;

/** Most runs make one request, on a connection of its own. Node's default would keep it for later runs. */
const single = { 'http:': new HttpAgent(), 'https:': new HttpsAgent() };

/** What each run that has made its first request takes for the others. The platform makes a `z` for every run. */
const agents = new WeakMap<ZObject, Agent>();

/**
 * The first request of a run has a connection of its own, all others share a second one. None outlives its run: one
 * kept from an earlier run may be dead, and takes the next request with it.
 */
function agentOf(z: ZObject, { baseUrl }: Connection): Agent {
  const isTls = baseUrl.startsWith('https:');
  const shared = agents.get(z);
  if (shared) {
    return shared;
  }
  agents.set(z, new (isTls ? HttpsAgent : HttpAgent)({ keepAlive: true, timeout: 1000 }));
  return single[isTls ? 'https:' : 'http:'];
}

function options(connection: Connection, { method, path, query, body }: ApiRequest) {
  // URLSearchParams would write a space as `+`; the documentation shows `%20`.
  const search = Object.entries(query ?? {}).map((pair) => pair.map(encodeURIComponent).join('='));
  return {
    method,
    url: `${connection.baseUrl}${path}${search.length > 0 ? `?${search.join('&')}` : ''}`,
    headers: {
      authorization: `Bearer ${connection.token}`,
      accept: 'application/json',
      'content-type': 'application/json',
      'user-agent': 'Zapier',
    },
    // A string body that is not merged arrives byte for byte: core would take `{{…}}` out of it.
    ...(body !== undefined && { body }),
    merge: false,
    // The token never follows a redirect.
    redirect: 'manual',
    // Every failure is explained in failures.ts.
    skipThrowForStatus: true,
    throwForThrottlingEarly: false,
    size: largestAnswer,
    signal: AbortSignal.timeout(timeout),
  } satisfies HttpRequestOptionsWithUrl & Record<string, unknown>;
}

/**
 * Makes one request, once, and parses its answer with `shape`.
 * Throws an explained error for everything that is not a success of that shape.
 */
export async function callApi<T>(
  z: ZObject,
  bundle: Connected,
  request: ApiRequest,
  shape: schema.ZodMiniType<T>,
): Promise<{ answer: T; response: HttpResponse<unknown> }> {
  const connection = openConnection(bundle.authData);
  const context = { ...request, connection };
  const prepared = { ...options(connection, request), agent: agentOf(z, connection) };
  let response: HttpResponse<unknown>;
  try {
    response = await z.request(prepared);
    response.data = withoutToken(response, connection.token);
  } catch (error) {
    throw explainNetworkError(error, context);
  }
  const failure = explainAnswer(response, context);
  if (failure) {
    throw failure;
  }
  // 204 promises that there is nothing to read.
  const parsed = shape.safeParse(response.status === 204 ? {} : response.data);
  if (!parsed.success) {
    throw explainShape(parsed.error, response.status, context);
  }
  return { answer: parsed.data, response };
}
