import type { AnswerFault, Fault } from './faults.ts';
import { socketFaults } from './socket-faults.ts';

/** What a fault may need to know about the request that it meets. */
export interface FaultContext {
  /** `host:port` of a server that must never be reached. */
  elsewhere: string;
  /** The sandbox's URL. */
  url: string;
  /** The body with which the API would answer. */
  rightAnswer: string;
}

export interface NamedFault {
  name: string;
  /** What happens, in one sentence. */
  does: string;
  /** How the request is answered. `refused`: no server listens at the address; a running sandbox cannot do that. */
  fault: Fault | ((context: FaultContext) => Fault) | 'refused';
  /** True if the answer never ends, so that only the client's own time limit ends the request. */
  isEndless?: boolean;
}

const html = { contentType: 'text/html', body: '<html><h1>Bad Gateway</h1></html>' };
const named = (name: string, does: string, fault: NamedFault['fault']): NamedFault => ({ name, does, fault });
const endless = (name: string, does: string, fault: Fault) => ({ name, does, fault, isEndless: true });
const json = (body: string): AnswerFault => ({ status: 200, body });
const on = (name: keyof typeof socketFaults) => ({ answerOn: socketFaults[name] });

const reasons = {
  400: 'Bad Request',
  401: 'Unauthorized: the channel token is not accepted',
  403: 'Forbidden: the status of every business error of the API',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  413: 'Content Too Large',
  422: 'Unprocessable Content',
};

const refusals = [
  ...Object.entries(reasons).map(([status, reason]) =>
    named(status, `An error in the API's form with ${status}, ${reason}.`, { status: Number(status) }),
  ),
  named('413 with HTML', "A proxy's web page with 413: the request is too long.", { status: 413, ...html }),
  named('414 with HTML', "A proxy's web page with 414: the request is too long.", { status: 414, ...html }),
];

const throttling = [
  named('429 without Retry-After', 'Too many requests, without a time to wait.', { status: 429 }),
  ...['7', 'Fri, 01 Jan 2100 00:00:00 GMT', 'soon'].map((time) => {
    const fault = { status: 429, headers: { 'Retry-After': time } };
    return named(
      `429, Retry-After: ${time}`,
      `Too many requests, with "${time}" as the time to wait.`,
      fault,
    );
  }),
];

const serverErrors = [
  named('500', "An error in the API's form with 500, Internal Server Error.", { status: 500 }),
  named('502 with HTML', "A proxy's web page with 502, Bad Gateway.", { status: 502, ...html }),
  named('503 without a body', 'An empty answer with 503, Service Unavailable.', { status: 503, body: '' }),
  named('504 with HTML', "A proxy's web page with 504, Gateway Timeout.", { status: 504, ...html }),
];

const noSuchContact = '{"status":"error","message":"There is no such contact."}';
const refusal = '{"status":"error","message":"Unknown field"}';
const unexpectedAnswers = [
  named('403 no such contact', 'The refusal of an unknown contact.', { status: 403, body: noSuchContact }),
  named('200 with HTML', 'A web page instead of data, as a captive portal has it.', { status: 200, ...html }),
  named('200 with an empty body', 'A success without a body.', json('')),
  named('200 with null', 'A success whose body is null.', json('null')),
  named('200 with an array', 'A success whose body is an empty list.', json('[]')),
  named('200 with status error', 'A success whose body is an error with a reason.', json(refusal)),
  named(
    '200 with status error and no reason',
    'A success whose body is an error.',
    json('{"status":"error"}'),
  ),
  named('200 with truncated JSON', 'The right answer without its last five characters.', ({ rightAnswer }) =>
    json(rightAnswer.slice(0, -5)),
  ),
  ...[201, 202].map((status) =>
    named(`${status} with the right body`, `The right answer with ${status}.`, ({ rightAnswer: body }) => ({
      status,
      body,
    })),
  ),
  named('204', 'A success without a body that says so, No Content.', { status: 204 }),
];

const redirects = [301, 302, 307, 308].flatMap((status) => {
  const redirect = (place: string, target: (context: FaultContext) => string) =>
    named(`${status} to ${place}`, `A redirect with ${status} to ${place}.`, (context) => ({
      status,
      headers: { Location: target(context) },
    }));
  return [
    redirect('another host', ({ elsewhere }) => `https://${elsewhere}/`),
    redirect('http', ({ elsewhere }) => `http://${elsewhere}/`),
    redirect('loopback', ({ elsewhere }) => `http://${elsewhere.replace('localhost', '127.0.0.1')}/`),
    redirect('itself', ({ url }) => `${url}/api/v1/contact/1776025372480910`),
  ];
});

const connectionFaults = [
  named('connection refused', 'No server listens at the address.', 'refused'),
  named('reset before an answer', 'The connection is reset before any answer.', on('reset')),
  named('reset in mid-answer', 'The connection is reset after half of the answer.', on('resetInAnswer')),
  endless('no answer at all', 'The request is taken, and nothing is answered.', on('noAnswer')),
  endless('headers and then silence', 'The headers come, and the body does not.', on('headersOnly')),
  endless('a byte a second', 'A body of 1,000 bytes, one byte a second.', on('byteASecond')),
  named('a 25 MB answer', '25 MB of valid JSON.', on('huge')),
  named('a 25 MB answer, gzipped to 25 kB', '25 MB of valid JSON, packed.', on('hugeGzip')),
  named('Content-Length too large', 'Fewer bytes come than announced.', on('contentLengthTooLarge')),
  named(
    'Content-Length too small',
    'The body is longer than Content-Length says.',
    on('contentLengthTooSmall'),
  ),
  named('broken gzip', 'A packed answer that cannot be unpacked.', on('brokenGzip')),
];

/** Sends the right answer without `Connection: close`, and then closes the connection unannounced. */
const silentClosings = (['FIN', 'RST'] as const).flatMap((closesBy) =>
  [0, 20].map((afterMs) => {
    const name = `right answer, then ${closesBy} after ${afterMs} ms`;
    return named(name, 'The connection is closed without an announcement.', {
      delayMs: 0,
      closesBy,
      afterMs,
    });
  }),
);

/** Lets the API carry the request out, then loses its answer. */
const lostAnswers = [
  named('carried out, then the connection is reset', 'The API does its work; its answer is lost.', {
    afterwards: on('reset'),
  }),
  named('carried out, then 500', 'The API does its work, and answers 500.', { afterwards: { status: 500 } }),
  endless('carried out, then no answer', 'The API does its work, and never answers.', {
    afterwards: on('noAnswer'),
  }),
];

/** The faults that every request of every operation meets in the fault matrix. */
export const matrixFaults: NamedFault[] = [
  ...refusals,
  ...throttling,
  ...serverErrors,
  ...unexpectedAnswers,
  ...redirects,
  ...connectionFaults,
  ...silentClosings,
  ...lostAnswers,
];

// Both lists stay just below the 400,000 characters that the integration reads.
const emptyObjects = `{"data":[${'{},'.repeat(129_999)}{}]}`;
const contact = '{"id":"1","created_at":1575618542,"tags":[],"custom_fields":{}}';
const contacts = `{"data":[${`${contact},`.repeat(5_999)}${contact}]}`;

/** All faults. The last ones are right answers, most of them late or large. */
export const faultCatalogue: NamedFault[] = [
  ...matrixFaults,
  named('a new contact is unknown for 2 seconds', 'A contact is created, and not known yet.', {
    unknownForMs: 2000,
  }),
  named('3 seconds late', 'The right answer, after 3 seconds.', { delayMs: 3000 }),
  named('130,000 empty objects', 'A list of 130,000 empty objects instead of contacts.', json(emptyObjects)),
  named('6,000 contacts', 'A list of 6,000 contacts on one page.', json(contacts)),
];

/** Makes a fault that answers `body`: the right answer with one value replaced by a value of another type. */
export const wrongType = (body: string): NamedFault =>
  named('wrong type', 'One value of the right answer is replaced by a value of another type.', json(body));
