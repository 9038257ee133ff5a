import type { AnswerFault, Fault } from '../sandbox/faults.ts';

/** Where a fault can point to, and what the API would have answered. */
export interface Place {
  /** `host:port` of a server that must never be reached. */
  elsewhere: string;
  /** The sandbox. */
  url: string;
  /** The right answer. */
  truth: string;
}

/** A fault of the matrix. */
export interface NamedFault {
  name: string;
  /** The fault; `refused` closes the door before the request comes. */
  fault: (place: Place) => Fault | 'refused';
  /** Nothing tells the integration that no more will come, so the wait is shortened. */
  isEndless?: boolean;
}

const html = { contentType: 'text/html', body: '<html><h1>Bad Gateway</h1></html>' };
const answer = (status: number, more: Partial<AnswerFault> = {}): AnswerFault => ({ status, ...more });
const named = (name: string, fault: Fault): NamedFault => ({ name, fault: () => fault });

const refusals: NamedFault[] = [400, 401, 403, 404, 405, 408, 409, 413, 422].map((status) =>
  named(`${status}`, answer(status)),
);

refusals.push(named('413 with HTML', answer(413, html)), named('414 with HTML', answer(414, html)));

const throttled = [
  named('429 without Retry-After', answer(429)),
  ...['7', 'Fri, 01 Jan 2100 00:00:00 GMT', 'soon'].map((time) =>
    named(`429, Retry-After: ${time}`, answer(429, { headers: { 'Retry-After': time } })),
  ),
];

const troubles = [
  named('500', answer(500)),
  named('502 with HTML', answer(502, html)),
  named('503 without a body', answer(503, { body: '' })),
  named('504 with HTML', answer(504, html)),
];

const strangeAnswers: NamedFault[] = [
  named(
    '403 no such contact',
    answer(403, { body: '{"status":"error","message":"There is no such contact."}' }),
  ),
  named('200 with HTML', answer(200, html)),
  named('200 with an empty body', answer(200, { body: '' })),
  named('200 with null', answer(200, { body: 'null' })),
  named('200 with an array', answer(200, { body: '[]' })),
  named('200 with status error', answer(200, { body: '{"status":"error","message":"Unknown field"}' })),
  named('200 with status error and no reason', answer(200, { body: '{"status":"error"}' })),
  { name: '200 with truncated JSON', fault: ({ truth }) => answer(200, { body: truth.slice(0, -5) }) },
  { name: '201 with the right body', fault: ({ truth }) => answer(201, { body: truth }) },
  { name: '202 with the right body', fault: ({ truth }) => answer(202, { body: truth }) },
  named('204', answer(204)),
];

const redirects = [301, 302, 307, 308].flatMap((status): NamedFault[] => {
  const to = (Location: string) => answer(status, { headers: { Location } });
  return [
    { name: `${status} to another host`, fault: ({ elsewhere }) => to(`https://${elsewhere}/`) },
    { name: `${status} to http`, fault: ({ elsewhere }) => to(`http://${elsewhere}/`) },
    {
      name: `${status} to loopback`,
      fault: ({ elsewhere }) => to(`http://${elsewhere.replace('localhost', '127.0.0.1')}/`),
    },
    { name: `${status} to itself`, fault: ({ url }) => to(`${url}/api/v1/contact/1776025372480910`) },
  ];
});

const brokenConnections: NamedFault[] = [
  { name: 'connection refused', fault: () => 'refused' },
  named('reset before an answer', 'reset'),
  named('reset in mid-answer', 'reset_in_answer'),
  { ...named('no answer at all', 'hang'), isEndless: true },
  { ...named('headers and then silence', 'silence_after_headers'), isEndless: true },
  { ...named('a byte a second', 'byte_a_second'), isEndless: true },
  named('a 25 MB answer', 'huge'),
  named('a 25 MB answer, gzipped to 25 kB', 'huge_gzip'),
  { ...named('Content-Length too large', 'fewer_bytes_than_promised'), isEndless: true },
  named('Content-Length too small', 'more_bytes_than_promised'),
  named('broken gzip', 'broken_gzip'),
  named('carried out, then the connection is reset', { afterwards: 'reset' }),
  named('carried out, then 500', { afterwards: answer(500) }),
  { ...named('carried out, then no answer', { afterwards: 'hang' }), isEndless: true },
];

/** Every fault that each request of each operation meets. */
export const catalogue: NamedFault[] = [
  ...refusals,
  ...throttled,
  ...troubles,
  ...strangeAnswers,
  ...redirects,
  ...brokenConnections,
];
