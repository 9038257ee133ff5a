import type { ApiRequest } from '../api/request.ts';
import { badInput } from '../failures/failure.ts';
import {
  type Input,
  parsePairs,
  parseRequiredUrlText,
  parseText,
  parseUrlText,
  requireLength,
  requireRoom,
  requireWellFormed,
} from './values.ts';

export const methods: ApiRequest['method'][] = ['GET', 'POST', 'PUT', 'DELETE'];

/** The HTTP method that the user chose. */
export function parseMethod(input: Input): ApiRequest['method'] {
  const typed = parseText('Method', input).trim().toUpperCase();
  const method = methods.find((known) => known === typed);
  if (!method) throw badInput(`The Method field must be one of: ${methods.join(', ')}.`);
  return method;
}

/** Whether a path segment, percent-decoded as often as it can be, would lead to another path. */
function leavesPath(segment: string): boolean {
  let decoded = segment;
  for (let previous = ''; decoded !== previous; ) {
    previous = decoded;
    try {
      decoded = decodeURIComponent(decoded);
    } catch {
      return true;
    }
  }
  // Some servers drop `;` and what follows it before they resolve `..`.
  return /(?:^|\/)\.{1,2}(?:[/;]|$)|[\\\p{Cc}]/u.test(decoded);
}

/**
 * A path below `/api/v1`, starting with one slash. `/api/v1/…` and `/v1/…`, as the documentation writes them,
 * are understood. Throws bad input for whatever could lead to another path or host.
 */
export function parsePath(input: Input): string {
  const example = 'Write it like "/contact/1776025372480910".';
  const typed = parseRequiredUrlText('Path', input, example).trim();
  const path = typed.replace(/^\/?(?:(?:api\/)?v1\/)?/, '/');
  if (/[?#]/.test(path)) {
    throw badInput(
      `The Path field contains a ? or a #. ${example} Write what follows the ? in the Query field.`,
    );
  }
  const segments = path.slice(1).replace(/\/$/, '').split('/');
  if (segments.some((segment) => segment === '' || leavesPath(segment))) {
    throw badInput(`The Path field does not contain a path below /api/v1. ${example}`);
  }
  return path;
}

/** Characters of a query as it is sent: with a path of 3,000, an address stays below 8,000. */
const longestQuery = 4000;

/** The pairs of a query; those without a value are dropped. Throws bad input where they are too long together. */
export function parseQuery(input: Input): Record<string, string> {
  const pairs = parsePairs('Query', 'name', input).map(([name, value]): [string, string] => [
    parseUrlText('Query', name),
    parseUrlText('Query', value),
  ]);
  requireRoom('Query', pairs.flat(), longestQuery);
  return Object.fromEntries(pairs);
}

/** Characters. The API takes 30 fields in a request, and core needs a hundred times a body's size in memory. */
const longestBody = 250_000;

/** A body's JSON, as typed. Throws bad input where it does not parse, or where the method takes none. */
export function parseBody(method: ApiRequest['method'], input: Input): { body?: string } {
  const text = parseText('Body', input);
  if (text.trim() === '') return {};
  if (method === 'GET') {
    throw badInput('The Body field must be empty for GET. Write what to look for in the Query field.');
  }
  requireLength('Body', text, longestBody);
  // JSON can also spell half of an emoji with the six characters \ud83d.
  const texts: string[] = [];
  try {
    JSON.parse(text, (name, value) => texts.push(name, typeof value === 'string' ? value : ''));
  } catch (error) {
    const reason = String(error).replace('SyntaxError: ', '');
    throw badInput(`The Body field does not contain valid JSON: ${reason}. Correct it, or leave it empty.`);
  }
  for (const part of texts) {
    requireWellFormed('Body', part);
  }
  return { body: text };
}
