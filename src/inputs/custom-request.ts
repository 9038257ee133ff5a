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

export function parseMethod(input: Input): ApiRequest['method'] {
  const typed = parseText('Method', input).trim().toUpperCase();
  const method = methods.find((known) => known === typed);
  if (!method) throw badInput(`The Method field must be one of: ${methods.join(', ')}.`);
  return method;
}

/** True if a segment, decoded as often as possible, would lead to another path. */
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
  // Some servers drop `;` and the text after it before they resolve `..`.
  return /(?:^|\/)\.{1,2}(?:[/;]|$)|[\\\p{Cc}]/u.test(decoded);
}

/** Returns the typed path without its `/api/v1`, if it has one. Throws an input error if it could lead elsewhere. */
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

/** Characters, percent-encoded. With a path of 3,000 an address stays below 8,000. */
const longestQuery = 4000;

/** Returns the pairs that have a value. Throws an input error if they are too long together. */
export function parseQuery(input: Input): Record<string, string> {
  const pairs = parsePairs('Query', 'name', input).map(([name, value]): [string, string] => [
    parseUrlText('Query', name),
    parseUrlText('Query', value),
  ]);
  requireRoom('Query', pairs.flat(), longestQuery);
  return Object.fromEntries(pairs);
}

/** Characters. Real bodies have at most 30 fields, and core needs a hundred times a body's size in memory. */
const longestBody = 250_000;

/** Returns the JSON as typed. Throws an input error if it is invalid, or if the method takes no body. */
export function parseBody(method: ApiRequest['method'], input: Input): { body?: string } {
  const text = parseText('Body', input);
  if (text.trim() === '') return {};
  if (method === 'GET') {
    throw badInput('The Body field must be empty for GET. Write what to look for in the Query field.');
  }
  requireLength('Body', text, longestBody);
  // Escapes like \ud83d can also spell half of an emoji.
  const texts: string[] = [];
  try {
    JSON.parse(text, (name, value) => texts.push(name, typeof value === 'string' ? value : ''));
  } catch (error) {
    const reason = String(error).replace('SyntaxError: ', '');
    throw badInput(`The Body field does not contain valid JSON: ${reason}. Correct it, or leave it empty.`);
  }
  for (const part of texts) requireWellFormed('Body', part);
  return { body: text };
}
