import type { Cell } from './bed.ts';

const kinds = ['HaltedError', 'AppError', 'ThrottledError', 'ExpiredAuthError'];

/** Error codes that do not tell whether the API carried out the request. A second run could then do the work twice. */
const unclear = /^(?:server_error|redirected|unreadable|unexpected_answer|timeout|too_large|interrupted)$/;

/** The allowed beginnings of a message if earlier requests of the run already saved something. */
const partialWork =
  /^(?:The contact was created with the ID "\w+"(?:, but | and the first )|The fields were saved, but |The first \d+ of \d+ (?:fields|tags) were (?:saved|added|removed)\.)/;

/** The allowed endings of a message that must say whether the step may be run again. */
const advice =
  /(?:is safe|is safe, because it looks for the contact first|would create a duplicate: [a-z ]+ with [A-Z][A-Za-z ]+|will try this step again in about (?:\d+ (?:second|minute)s?|an hour)|look for the contact first|goes on with this contact|check the conversation before you run this step again)\.$/;

/** The rules by name. Each returns true if a cell obeys it; the name appears in the output of a failing test. */
const rules: Record<string, (cell: Cell) => boolean> = {
  'The error is one of the table in src/failures.': ({ failure }) => !failure || kinds.includes(failure.kind),
  'The sentence is made of words: no JSON, no HTML, no stack, no token.': ({ failure }) =>
    !failure ||
    (/^[A-Za-z\d].*\.$/.test(failure.sentence) &&
      !/[{}<>]|undefined|\[object|\bat \w+ \(|sandbox-token/.test(failure.sentence)),
  'The request that meets the fault is the last one, unless the run succeeds.': ({
    failure,
    scenario: { requestsBefore },
    requests,
    fault,
  }) =>
    !failure ||
    fault === 'wrong type' ||
    requests.length === requestsBefore + (fault === 'connection refused' ? 0 : 1),
  // A trigger may repeat a request: it re-reads a page if the list changed in the meantime.
  'No request is made twice, but for the pages that a trigger reads, what a closed connection may have lost, and what the channel refused for a contact that was just created.':
    ({ failure, requests, fault, scenario: { place, isPartial } }) => {
      const twice = requests.filter((request, index) => requests.indexOf(request) !== index);
      const isHarmless = twice.every((request) => !/^POST \S+\/(?:contact|sendContent\/\w+) /.test(request));
      const mayBeLost = /reset|FIN|RST|Content-Length/.test(fault) && isHarmless;
      const wasRefused =
        failure?.code === 'unknown_contact' || (isPartial && /^(?:404|403 no such contact)$/.test(fault));
      return twice.length === 0 || place.startsWith('triggers.') || mayBeLost || wasRefused;
    },
  'Nothing connects to another place.': ({ connectionsElsewhere }) => connectionsElsewhere === 0,
  'Only 401 asks to connect again.': ({ failure, fault }) =>
    failure?.kind !== 'ExpiredAuthError' || fault === '401',
  'The platform runs nothing again by itself that has created a contact.': ({ failure }) =>
    failure?.kind === 'AppError' || !failure?.sentence.startsWith('The contact was created'),
  'The platform tries again by itself only after 429, and after a time that fits.': ({ failure }) =>
    failure?.kind !== 'ThrottledError' || (Number(failure.delay) >= 1 && Number(failure.delay) <= 3600),
  'If the work may have been done, and would be done twice, the sentence says so.': ({ failure, scenario }) =>
    !scenario.unrepeatable || !unclear.test(failure?.code ?? '') || /may have/.test(failure?.sentence ?? ''),
  'If part of the work was done, the sentence begins with it and ends with whether to run again.': ({
    failure,
    scenario: { isPartial },
  }) => !failure || !isPartial || (partialWork.test(failure.sentence) && advice.test(failure.sentence)),
};

/** Returns the names of the rules that a cell breaks, or an empty list. */
export function brokenRules(cell: Cell): string[] {
  return Object.keys(rules).filter((rule) => !rules[rule]?.(cell));
}
