import type { RawHttpResponse } from 'zapier-platform-core';
import * as schema from 'zod/mini';
import { checkPlatform, tokenPlace } from '../connection/brands.ts';
import { contactIdSchema } from '../models/contact.ts';
import { anything, optionalText } from '../models/schemas.ts';
import { type Failure, toPlatformError } from './failure.ts';
import { type RequestContext, retryAdviceOf } from './request-context.ts';
import { about, quotable } from './wording.ts';

/** The body of an error, which some brands send with status 2xx. Proxies send `application/problem+json` (RFC 9457). */
const errorSchema = schema.object({
  status: optionalText,
  message: anything,
  detail: anything,
  title: anything,
});

type Response = Pick<RawHttpResponse, 'status' | 'getHeader'>;

interface Answer {
  host: string;
  status: number;
  reason: string; // The API's own message as it came; empty if there is none.
  quotedReason: string;
  saysError: boolean;
  isData: boolean; // True if the body is JSON, or the status promises that there is no body.
  contactIds: string[]; // The contact IDs that were tried, fit to be shown; empty if the request names no contact.
  delay: number; // Seconds until the API will probably accept requests again.
  request: RequestContext;
}

interface Row extends Pick<Failure, 'kind' | 'code' | 'isUnclear'> {
  when: (answer: Answer) => boolean;
  sentence: (answer: Answer) => string;
  remedy?: (answer: Answer) => string;
  retryAdvice?: (answer: Answer) => string | undefined;
}

/** The API's documented reason if a link does not lead to a file of the message's type. */
const isWrongFile = (reason: string) => /not an image\/audio\/video/i.test(reason);

/** True if the API says that it has no such contact. A bare 404 does not say so, because proxies send it in an outage. */
const isUnknownContact = ({ contactIds, status, reason, saysError }: Answer) =>
  contactIds.length > 0 &&
  ((status === 404 && saysError) ||
    ((saysError || status >= 400) && status < 500 && /no such contact/i.test(reason)));

const unknownContactRemedy = ({ request }: Answer) =>
  request.isFromChannel
    ? 'It was probably deleted just now. Run the step again.'
    : 'Check the Contact ID field: map the ID from a step that finds or creates the contact and uses the same connection.';

/** Every failure that an answer can mean. The first row that matches is used. */
const rows: Row[] = [
  {
    kind: 'reconnect',
    code: 'bad_token',
    when: ({ status }) => status === 401,
    sentence: ({ host }) => `${host} does not accept the channel token.`,
    remedy: () => `Copy the token again from ${tokenPlace} and connect the channel with it.`,
  },
  {
    kind: 'throttled',
    code: 'too_many_requests',
    when: ({ status }) => status === 429,
    sentence: ({ host }) =>
      `${host} received too many requests for this channel and did not process this one.`,
    retryAdvice: ({ delay }) => `Zapier will try this step again in ${about(delay)}.`,
  },
  {
    kind: 'halted',
    code: 'unknown_contact',
    when: (answer) => isUnknownContact(answer) && answer.contactIds.length > 1,
    sentence: ({ contactIds: [typed, ...others] }) =>
      `This channel has no contact with the ID "${typed}", nor with this phone written as ${others.map((id) => `"${id}"`).join(', ')}.`,
    remedy: unknownContactRemedy,
  },
  {
    kind: 'halted',
    code: 'unknown_contact',
    when: isUnknownContact,
    sentence: ({ contactIds: [typed] }) => `This channel has no contact with the ID "${typed}".`,
    remedy: unknownContactRemedy,
  },
  {
    kind: 'refused',
    code: 'redirected',
    isUnclear: true,
    when: ({ status }) => status >= 300 && status < 400,
    sentence: ({ host }) =>
      `${host} redirected the request to another address. To protect the channel token, the request was not sent there.`,
    remedy: () => checkPlatform,
    retryAdvice: ({ request }) => request.ifUnanswered,
  },
  {
    kind: 'refused',
    code: 'server_error',
    isUnclear: true,
    when: ({ status }) => status === 408 || status >= 500,
    sentence: ({ host, status }) => `${host} had an internal error (status ${status}).`,
    retryAdvice: ({ request }) => retryAdviceOf(request),
  },
  {
    kind: 'refused',
    code: 'unknown_address',
    when: ({ status }) => status === 404 || status === 405,
    sentence: ({ host, status }) => `${host} does not recognize this request (status ${status}).`,
    remedy: ({ request }) => request.ifUnknown ?? checkPlatform,
  },
  {
    kind: 'refused',
    code: 'refused',
    when: ({ status, saysError, quotedReason }) => quotedReason !== '' && (status >= 400 || saysError),
    sentence: ({ host, quotedReason }) =>
      `${host} refused the request and gave this reason: "${quotedReason}".`,
    remedy: ({ reason }) =>
      isWrongFile(reason)
        ? 'Check the URL field: it must be a public link that opens a file of the chosen message type directly, not a page.'
        : 'Correct what the reason names, then run the step again.',
  },
  {
    kind: 'refused',
    code: 'too_long',
    when: ({ status }) => status === 413 || status === 414 || status === 431,
    sentence: ({ host, status }) => `The text is too long for ${host} (status ${status}).`,
    remedy: () => 'Shorten the text in the longest field.',
  },
  {
    kind: 'refused',
    code: 'refused_without_reason',
    when: ({ status, saysError }) => status >= 400 || saysError,
    sentence: ({ host, status }) => `${host} refused the request and gave no reason (status ${status}).`,
    remedy: ({ request }) => request.ifUnknown ?? checkPlatform,
  },
  {
    kind: 'refused',
    code: 'unreadable',
    isUnclear: true,
    when: ({ isData }) => !isData,
    sentence: ({ host }) => `${host} answered with something other than data, perhaps a web page.`,
    remedy: () => checkPlatform,
    retryAdvice: ({ request }) => retryAdviceOf(request),
  },
];

/** Seconds to wait after a 429 that does not say how long. */
const secondsToWait = (path: string): number =>
  path.startsWith('/message/') ? 5 : 60 + Math.floor(Math.random() * 15);

/** Seconds; Zapier is never told to wait longer. */
const longestWait = 3600;

/** Returns the seconds of a Retry-After header, which holds a number or a date; undefined for anything else. */
function secondsFrom(retryAfter: string): number | undefined {
  const seconds = /^\d+$/.test(retryAfter)
    ? Number(retryAfter)
    : (Date.parse(retryAfter) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(Math.ceil(seconds), 1), longestWait);
}

/** Returns a reason as text. It may be a text, a list, or a map from fields to what is wrong with them. */
function wordsOf(reason: unknown): string {
  if (typeof reason !== 'object' || reason === null) {
    return String(reason ?? '')
      .trim()
      .replace(/\.$/, '');
  }
  const words = Object.entries(reason).map(([key, inner]) => {
    const text = wordsOf(inner);
    return text === '' || Array.isArray(reason) ? text : `${key}: ${text}`;
  });
  return words.filter(Boolean).join('; ');
}

function readAnswer({ status, getHeader }: Response, data: unknown, request: RequestContext): Answer {
  const body = errorSchema.safeParse(data).data;
  const reason = [body?.message, body?.detail, body?.title].map(wordsOf).find(Boolean) ?? '';
  return {
    host: request.host,
    status,
    reason,
    quotedReason: quotable(reason, request.token),
    saysError: body?.status?.toLowerCase() === 'error',
    isData: data !== undefined || status === 204,
    contactIds: (request.contactIds ?? []).map((id) => quotable(id, request.token)),
    delay: secondsFrom(getHeader('retry-after') ?? '') ?? secondsToWait(request.path),
    request,
  };
}

/** Returns the error that an answer means; undefined if the answer is a success. */
export function answerError(response: Response, data: unknown, request: RequestContext): Error | undefined {
  const answer = readAnswer(response, data, request);
  const row = rows.find(({ when }) => when(answer));
  return (
    row &&
    toPlatformError({
      kind: row.kind,
      code: row.code,
      isUnclear: row.isUnclear ?? false,
      sentence: row.sentence(answer),
      remedy: row.remedy?.(answer),
      retryAdvice: row.retryAdvice?.(answer),
      status: answer.status,
      delay: answer.delay,
    })
  );
}

/** Returns the ID of the contact that contains this path of an answer; undefined if it has none. */
function idOnPath(data: unknown, path: PropertyKey[]): string | undefined {
  const [key, ...rest] = path;
  const below = key === undefined ? undefined : idOnPath(Reflect.get(Object(data), key), rest);
  return below ?? contactIdSchema.safeParse(Reflect.get(Object(data), 'id')).data;
}

/** Returns the error for JSON of another shape than documented. */
export function shapeError(
  data: unknown,
  issues: schema.core.$ZodIssue[],
  status: number,
  request: RequestContext,
): Error {
  const path = issues[0]?.path ?? [];
  const id = idOnPath(data, path);
  const contact = id === undefined ? '' : ` of the contact "${quotable(id, request.token)}"`;
  const place = quotable(path.join('.'), request.token);
  return toPlatformError({
    kind: 'refused',
    code: 'unexpected_answer',
    isUnclear: true,
    status,
    sentence: `${request.host} answered in an unexpected format${place && ` (at "${place}"${contact})`}.`,
    remedy: checkPlatform,
    retryAdvice: retryAdviceOf(request),
  });
}
