import type { HttpRequestOptionsWithUrl, HttpResponse, ZObject } from 'zapier-platform-core';
import * as schema from 'zod/mini';
import { type AuthData, type Connection, openConnection } from './connection.ts';
import { explainAnswer, explainNetworkError, explainShape } from './failures.ts';
import { lenient } from './lenient.ts';

/** One request of the Contacts or Messages API. */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/v1`, already percent-encoded. */
  path: string;
  query?: Record<string, string>;
  /** JSON text, sent byte for byte. */
  body?: string;
  /** The contact that the path names. */
  contactId?: string;
  /** For a request that must not be repeated: what may have happened when no answer comes. */
  ifUnanswered?: string;
  /** For a request that the user wrote: what to check where the API does not know it. */
  ifUnknown?: string;
}

/** What carries a connection: any bundle of the platform. */
export interface Connected {
  authData: AuthData;
}

/** The answer to a request that only does something. The API writes `success` and `Success`. */
export const successSchema = schema.object({
  status: schema.optional(schema.string().check(schema.regex(/^success$/i))),
  // Only shown: a success without it is one.
  message: lenient(schema.string()),
});

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
  return JSON.parse(JSON.stringify(data), (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll(token, '•••') : value,
  );
}

/** Milliseconds until an answer must be complete. */
const timeout = 10_000;
/** Bytes. Ten contacts take a few kilobytes; more than this is no answer of this API. */
const largestAnswer = 4 * 1024 * 1024;

/** Importing these would also load what they re-export, which takes longer than all our code. */
const { Agent: HttpAgent } = process.getBuiltinModule('node:http');
const { Agent: HttpsAgent } = process.getBuiltinModule('node:https');

/** The open connections of each run, under its bundle; none while it has made one request only. */
const agents = new WeakMap<Connected, InstanceType<typeof HttpAgent> | undefined>();

/** From its second request on, a run keeps its connection: one kept from an earlier run may be dead. */
function agentOf(bundle: Connected, { baseUrl }: Connection): { agent?: InstanceType<typeof HttpAgent> } {
  if (!agents.has(bundle)) {
    agents.set(bundle, undefined);
    return {};
  }
  const Agent = baseUrl.startsWith('https:') ? HttpsAgent : HttpAgent;
  const agent = agents.get(bundle) ?? new Agent({ keepAlive: true, timeout: 1000 });
  agents.set(bundle, agent);
  return { agent };
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
  let response: HttpResponse<unknown>;
  try {
    response = await z.request({ ...options(connection, request), ...agentOf(bundle, connection) });
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
