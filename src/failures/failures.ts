import { errors, type HttpResponse } from 'zapier-platform-core';
import * as schema from 'zod/mini';
import { secondsToWait } from '../api/limits.ts';
import { brand } from '../connection/brands.ts';
import { lenientText } from '../models/schemas.ts';

/**
 * A failure in the user's words.
 *
 * `halted` stops the run quietly, `refused` counts as an error, `reconnect` asks the user to connect again,
 * `throttled` lets the run wait and the platform try it again.
 */
export interface Failure {
  kind: 'halted' | 'refused' | 'reconnect' | 'throttled';
  /** A stable name for programs. */
  code: string;
  /** What happened, and in which field. */
  sentence: string;
  /** What to do about it. */
  remedy?: string | undefined;
  /** Whether running the step again is safe. */
  again?: string | undefined;
  /** HTTP status, where there was an answer. */
  status?: number;
  /** Seconds to wait, for `throttled`. */
  delay?: number;
}

/** What has to be known of a request to explain its failure. */
export interface FailedRequest {
  connection: { host: string; token: string };
  /** Below `/api/v1`. */
  path: string;
  /** The contact that the path names. */
  contactId?: string;
  /** For a request that must not be repeated: what may have happened when no clear answer comes. */
  ifUnanswered?: string;
  /** For a request that the user wrote: what to check where the API does not know it. */
  ifUnknown?: string;
}

function platformError({ kind, sentence, remedy, again, code, status, delay }: Failure): Error {
  const message = [sentence, remedy, again].filter(Boolean).join(' ');
  switch (kind) {
    case 'halted':
      return new errors.HaltedError(message);
    case 'reconnect':
      return new errors.ExpiredAuthError(message);
    case 'throttled':
      return new errors.ThrottledError(message, delay);
    case 'refused':
      return new errors.Error(message, code, status);
  }
}

const failures = new WeakMap<object, Failure>();

/** The platform's error for a failure. */
export function explain(failure: Failure): Error {
  // doNotContextify keeps core from adding its log of the run to the sentence.
  const error = Object.assign(platformError(failure), { doNotContextify: true });
  failures.set(error, failure);
  return error;
}

/** The failure behind an error that `explain` made. */
export function failureOf(error: unknown): Failure | undefined {
  return failures.get(Object(error));
}

/** `1 second`, `2 seconds`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Stops the run before anything is sent: what the user filled in cannot work. */
export function badInput(sentence: string): Error {
  return explain({ kind: 'halted', code: 'bad_input', sentence });
}

/** Where a platform shows the token of a channel. */
export const tokenPlace = 'Settings → Channels → the key icon';

/** What to do where the host may be the wrong one. */
export const checkPlatform = brand
  ? `If this goes on, ask the support of ${brand.name}.`
  : 'Check the platform that is chosen in the connection.';

/** The body of every error; some brands send it with a 2xx. */
const errorSchema = schema.object({
  status: lenientText,
  message: lenientText,
});

/** The words of others, fit to be shown: on one line, not endless, without the token. */
function fitToShow(words: string, { connection }: FailedRequest): string {
  return words
    .replaceAll(connection.token, '•••')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/\.$/, '')
    .slice(0, 300)
    .toWellFormed();
}

/** The API's reason, as documented, for a link that does not lead to a file of the message's type. */
const isWrongFile = (reason: string) => /not an image\/audio\/video/i.test(reason);

/** Seconds of a Retry-After header, which is a number or a date; undefined where it is neither. */
function secondsFrom(retryAfter: string): number | undefined {
  const seconds = /^\d+$/.test(retryAfter)
    ? Number(retryAfter)
    : (Date.parse(retryAfter) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(Math.ceil(seconds), 1), 3600);
}

/** What the table below looks at. */
interface Answer {
  host: string;
  status: number;
  /** The API's own words, or '': as they came, and fit to be shown. */
  reason: string;
  words: string;
  saysError: boolean;
  isData: boolean;
  contactId: string | undefined;
  delay: number;
  request: FailedRequest;
}

interface Row extends Pick<Failure, 'kind' | 'code'> {
  when: (answer: Answer) => boolean;
  sentence: (answer: Answer) => string;
  remedy?: (answer: Answer) => string;
  again?: (answer: Answer) => string | undefined;
}

/** Running a step again does no harm unless its request says otherwise. */
function outcomeOf({ ifUnanswered = 'Trying again is safe.' }: FailedRequest): string {
  return ifUnanswered;
}

/** Every answer that is a failure; the first row that fits explains it. */
const answers: Row[] = [
  {
    kind: 'reconnect',
    code: 'bad_token',
    when: ({ status }) => status === 401,
    sentence: ({ host }) => `${host} does not accept the channel token.`,
    remedy: () => `Connect the channel again with the token from ${tokenPlace}.`,
  },
  {
    kind: 'throttled',
    code: 'too_many_requests',
    when: ({ status }) => status === 429,
    sentence: ({ host }) =>
      `${host} is receiving too many requests for this channel and did not carry this one out.`,
    again: ({ delay }) => `The step will be tried again in about ${count(delay, 'second')}.`,
  },
  {
    kind: 'halted',
    code: 'unknown_contact',
    when: ({ contactId, status, reason }) =>
      contactId !== undefined && (status === 404 || (status < 500 && /no such contact/i.test(reason))),
    sentence: ({ contactId }) => `No contact of this channel has the ID "${contactId}".`,
    remedy: () =>
      'Check the Contact ID field: map the ID from a step that finds or creates the contact in the same channel.',
  },
  {
    kind: 'refused',
    code: 'redirected',
    when: ({ status }) => status >= 300 && status < 400,
    sentence: ({ host }) =>
      `${host} sent the request on to another address, which is not followed, to keep the channel token safe.`,
    remedy: () => checkPlatform,
    again: ({ request }) => request.ifUnanswered,
  },
  {
    kind: 'refused',
    code: 'server_error',
    when: ({ status }) => status === 408 || status >= 500,
    sentence: ({ host, status }) => `${host} has an internal problem (status ${status}).`,
    again: ({ request }) => outcomeOf(request),
  },
  {
    kind: 'refused',
    code: 'unknown_address',
    when: ({ status }) => status === 404 || status === 405,
    sentence: ({ host, status }) => `${host} does not know this kind of request (status ${status}).`,
    remedy: ({ request }) => request.ifUnknown ?? checkPlatform,
  },
  {
    kind: 'refused',
    code: 'refused',
    when: ({ status, saysError, words }) => words !== '' && (status >= 400 || saysError),
    sentence: ({ host, words }) => `${host} refused the request: "${words}".`,
    remedy: ({ reason }) =>
      isWrongFile(reason)
        ? 'Check the URL field: it must be a public link straight to a file of the chosen message type, not to a page.'
        : 'Correct what the words in quotation marks point to.',
    again: ({ reason }) => (isWrongFile(reason) ? '' : 'Then run the step again.'),
  },
  {
    kind: 'refused',
    code: 'too_long',
    when: ({ status }) => status === 413 || status === 414 || status === 431,
    sentence: ({ host, status }) => `The text is too long for ${host} (status ${status}).`,
    remedy: () => 'Shorten what the longest field holds.',
  },
  {
    kind: 'refused',
    code: 'refused_without_reason',
    when: ({ status, saysError }) => status >= 400 || saysError,
    sentence: ({ host, status }) => `${host} refused the request without a reason (status ${status}).`,
    remedy: ({ request }) => request.ifUnknown ?? checkPlatform,
  },
  {
    kind: 'refused',
    code: 'unreadable',
    when: ({ isData }) => !isData,
    sentence: ({ host }) => `${host} answered with something other than data, perhaps a web page.`,
    remedy: () => checkPlatform,
    again: ({ request }) => outcomeOf(request),
  },
];

/** The failure that an answer means, or undefined where it is a success. */
export function explainAnswer(response: HttpResponse<unknown>, request: FailedRequest): Error | undefined {
  const { status, data } = response;
  const body = errorSchema.safeParse(data).data;
  const reason = body?.message?.trim() ?? '';
  const answer: Answer = {
    host: request.connection.host,
    status,
    reason,
    words: fitToShow(reason, request),
    saysError: body?.status?.toLowerCase() === 'error',
    // 204 promises that there is nothing to read.
    isData: data !== undefined || status === 204,
    contactId: request.contactId && fitToShow(request.contactId, request),
    delay: secondsFrom(response.getHeader('retry-after') ?? '') ?? secondsToWait(request.path),
    request,
  };
  const row = answers.find(({ when }) => when(answer));
  return (
    row &&
    explain({
      kind: row.kind,
      code: row.code,
      sentence: row.sentence(answer),
      remedy: row.remedy?.(answer),
      again: row.again?.(answer),
      status,
      delay: answer.delay,
    })
  );
}

/** The failure of an answer that is data, but not in the shape that the specification shows. */
export function explainShape(error: schema.core.$ZodError, status: number, request: FailedRequest): Error {
  const place = fitToShow(
    error.issues
      .slice(0, 1)
      .flatMap(({ path }) => path)
      .join('.'),
    request,
  );
  return explain({
    kind: 'refused',
    code: 'unexpected_answer',
    status,
    sentence: `${request.connection.host} answered in an unexpected format${place && ` (at "${place}")`}.`,
    remedy: checkPlatform,
    again: outcomeOf(request),
  });
}

/** Connections that fail with these codes fail before anything is sent. */
const neverSent =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/;

/** What the platform's HTTP client throws; `code` is the operating system's. */
const networkErrorSchema = schema.object({
  name: lenientText,
  type: lenientText,
  code: lenientText,
});

/** The failure of a request that got no complete answer. */
export function explainNetworkError(error: unknown, request: FailedRequest): Error {
  const { host } = request.connection;
  const { name, type, code: reason = '' } = networkErrorSchema.parse(error);
  const refused = (code: string, sentence: string, remedy = '', again = outcomeOf(request)) =>
    explain({ kind: 'refused', code, sentence, remedy, again });

  if (neverSent.test(reason)) {
    const again = 'Nothing was sent, so this step can safely be run again later.';
    return refused('unreachable', `${host} could not be reached (${reason}).`, checkPlatform, again);
  }
  if (name === 'AbortError') {
    return refused('timeout', `${host} gave no complete answer within 10 seconds.`);
  }
  if (type === 'max-size') {
    return refused('too_large', `${host} answered with far more data than expected.`, checkPlatform);
  }
  // zlib's codes: the answer came, but cannot be unpacked.
  if (reason.startsWith('Z_')) {
    return refused('unreadable', `${host} answered with something other than data.`, checkPlatform);
  }
  return refused('interrupted', `The connection to ${host} was lost before an answer arrived.`);
}

/** What the requests of a run did before one failed. */
export interface PartialWork {
  /** What was done and what was not. */
  sentence: string;
  /** Whether running the step again is safe. */
  again: string;
  /** Whether the platform may run the step again by itself. */
  isRepeatable: boolean;
}

/** After a first success the connection and the contact are known to be right; these remedies still help. */
const lateRemedies = ['bad_token', 'refused'];

/** The same failure, told after what was done before it. */
export function afterPartialWork(error: unknown, work: PartialWork): unknown {
  const failure = failureOf(error);
  if (!failure) {
    return error;
  }
  // The platform runs these again by itself: once it may, or once the user has connected again.
  const waits = work.isRepeatable && ['throttled', 'reconnect'].includes(failure.kind);
  return explain({
    ...failure,
    kind: waits ? failure.kind : 'refused',
    sentence: `${work.sentence} ${failure.sentence}`,
    remedy: lateRemedies.includes(failure.code) ? failure.remedy : undefined,
    again: (waits && failure.again) || work.again,
  });
}

/** Zapier ends a run after 30 seconds without a word, so one that takes long ends itself before. */
export function tooSlow(seconds: number): Error {
  return explain({
    kind: 'refused',
    code: 'too_slow',
    sentence: `That took more than ${seconds} seconds, which leaves no time for the rest.`,
  });
}
