import type { Cell } from './bed.ts';

/** A condition that every cell must meet. */
interface Rule {
  rule: string;
  holds: (cell: Cell) => boolean;
}

const kinds = ['HaltedError', 'AppError', 'ThrottledError', 'ExpiredAuthError'];

/** Failures after which nobody can know whether the request did its work. */
const unclear = /^(?:server_error|redirected|unreadable|unexpected_answer|timeout|too_large|interrupted)$/;

/** How a sentence says what the requests before the failed one did. */
const partialWork =
  /^(?:The contact was created with the ID "\w+"(?:, but | and the first )|The fields were saved, but |The first \d+ of \d+ (?:fields|tags) were (?:saved|added|removed)\.)/;

/** How a sentence says whether to run the step again. */
const advice =
  /(?:is safe|is safe, because it looks for the contact first|would create a duplicate: [a-z ]+ with [A-Z][A-Za-z ]+|will try this step again in about (?:\d+ (?:second|minute)s?|an hour)|look for the contact first|goes on with this contact|check the conversation before you run this step again)\.$/;

const rules: Rule[] = [
  {
    rule: 'The error is one of the table in src/failures.',
    holds: ({ failure }) => !failure || kinds.includes(failure.kind),
  },
  {
    rule: 'The sentence is made of words: no JSON, no HTML, no stack, no token.',
    holds: ({ failure }) =>
      !failure ||
      (/^[A-Za-z\d].*\.$/.test(failure.sentence) &&
        !/[{}<>]|undefined|\[object|\bat \w+ \(|sandbox-token/.test(failure.sentence)),
  },
  {
    rule: 'The request that meets the fault is the last one, unless the run succeeds.',
    holds: ({ failure, scenario: { requestsBefore }, requests, fault }) =>
      !failure ||
      fault === 'wrong type' ||
      requests.length === requestsBefore + (fault === 'connection refused' ? 0 : 1),
  },
  {
    // A trigger reads a page again if the list moved meanwhile.
    rule: 'No request is made twice, but for the pages that a trigger reads, what a closed connection may have lost, and what the channel refused for a contact that was just created.',
    holds: ({ failure, requests, fault, scenario: { place, isPartial } }) => {
      const twice = requests.filter((request, index) => requests.indexOf(request) !== index);
      const isHarmless = twice.every((request) => !/^POST \S+\/(?:contact|sendContent\/\w+) /.test(request));
      const mayBeLost = /reset|FIN|RST|Content-Length/.test(fault) && isHarmless;
      const wasRefused =
        failure?.code === 'unknown_contact' || (isPartial && /^(?:404|403 no such contact)$/.test(fault));
      return twice.length === 0 || place.startsWith('triggers.') || mayBeLost || wasRefused;
    },
  },
  {
    rule: 'Nothing connects to another place.',
    holds: ({ connectionsElsewhere }) => connectionsElsewhere === 0,
  },
  {
    rule: 'Only 401 asks to connect again.',
    holds: ({ failure, fault }) => failure?.kind !== 'ExpiredAuthError' || fault === '401',
  },
  {
    rule: 'The platform runs nothing again by itself that has created a contact.',
    holds: ({ failure }) =>
      failure?.kind === 'AppError' || !failure?.sentence.startsWith('The contact was created'),
  },
  {
    rule: 'The platform tries again by itself only after 429, and after a time that fits.',
    holds: ({ failure }) =>
      failure?.kind !== 'ThrottledError' || (Number(failure.delay) >= 1 && Number(failure.delay) <= 3600),
  },
  {
    rule: 'Where the work may have been done, and would be done twice, the sentence says so.',
    holds: ({ failure, scenario }) =>
      !scenario.unrepeatable ||
      !unclear.test(failure?.code ?? '') ||
      /may have/.test(failure?.sentence ?? ''),
  },
  {
    rule: 'Where part of the work was done, the sentence begins with it and ends with whether to run again.',
    holds: ({ failure, scenario: { isPartial } }) =>
      !failure || !isPartial || (partialWork.test(failure.sentence) && advice.test(failure.sentence)),
  },
];

/** The rules that a cell breaks. */
export function brokenRules(cell: Cell): string[] {
  return rules.filter(({ holds }) => !holds(cell)).map(({ rule }) => rule);
}
