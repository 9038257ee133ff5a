import * as schema from 'zod/mini';
import { checkPlatform } from '../connection/brands.ts';
import { optionalText } from '../models/schemas.ts';
import { toPlatformError } from './failure.ts';
import { type RequestContext, retryAdviceOf } from './request-context.ts';

/** An error of core's HTTP client. `code` comes from the operating system, TLS or zlib. */
const networkErrorSchema = schema.object({ name: optionalText, type: optionalText, code: optionalText });

/** Returns the error for a request without a complete answer. If there was no connection, nothing was sent. */
export function networkError(error: unknown, request: RequestContext, isConnected: boolean): Error {
  const { host, seconds } = request;
  const { name, type, code: reason = '' } = networkErrorSchema.parse(error);
  const refused = (code: string, sentence: string, remedy = '', retryAdvice = retryAdviceOf(request)) =>
    toPlatformError({
      kind: 'refused',
      code,
      sentence,
      remedy,
      retryAdvice,
      isUnclear: code !== 'unreachable',
    });

  if (!isConnected) {
    const cause = name === 'AbortError' ? `no connection within ${seconds} seconds` : reason;
    const advice = 'Nothing was sent, so it is safe to run this step again later.';
    return refused('unreachable', `${host} could not be reached (${cause}).`, checkPlatform, advice);
  }
  if (name === 'AbortError') {
    return refused('timeout', `${host} did not finish answering within ${seconds} seconds.`);
  }
  if (type === 'max-size') {
    return refused('too_large', `${host} answered with far more data than expected.`, checkPlatform);
  }
  // A code of zlib: the answer arrived but could not be decompressed.
  if (reason.startsWith('Z_')) {
    return refused('unreadable', `${host} answered with something other than data.`, checkPlatform);
  }
  return refused('interrupted', `The connection to ${host} was lost before an answer arrived.`);
}
