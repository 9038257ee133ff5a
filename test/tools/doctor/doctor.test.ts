import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Examination, examine } from '../../../tools/doctor/examine.ts';
import type { Finding } from '../../../tools/doctor/finding.ts';
import { type Diagnosis, isFine, report } from '../../../tools/doctor/report.ts';
import type { Fault } from '../../../tools/sandbox/faults.ts';
import { type Sandbox, startSandbox } from '../../../tools/sandbox/server.ts';

let sandbox: Sandbox;
const waits: number[] = [];

beforeEach(async () => {
  waits.length = 0;
  // The doctor measures how fast the channel answers. The clock is stopped so that a busy machine makes no finding.
  jest.spyOn(performance, 'now').mockReturnValue(0);
  sandbox = await startSandbox({ contacts: 57 });
  process.env.CHANNEL_API_BASE_URL = sandbox.url;
});
afterEach(() => sandbox.close());

const connection = (changes = {}) => ({ host: 'app.bony.chat', channel_token: sandbox.token, ...changes });

const diagnose = (options: Partial<Examination> = {}): Promise<Diagnosis> =>
  examine({
    authData: connection(),
    search: { name: 'subscribed', value: 'TRUE' },
    wait: async (milliseconds) => waits.push(milliseconds),
    ...options,
  });

/** Returns the finding whose question contains this word. */
async function finding(word: string, options: Partial<Examination> = {}): Promise<Finding | undefined> {
  return (await diagnose(options)).findings.find(({ question }) => question.includes(word));
}

const notGood = ({ findings }: Diagnosis) => findings.filter(({ verdict }) => verdict !== 'good');
const says = (text: string) => expect.stringContaining(text);

/** Applies a fault to the request with this number; the first is 1. If the number is 0, all requests get the fault. */
function failAt(number: number, fault: Fault | string): void {
  if (number === 0) sandbox.failNext(40, fault);
  if (number > 1) sandbox.failNext(number - 1, { delayMs: 0 });
  sandbox.failNext(1, fault);
}

const page = (...contacts: object[]) => ({ status: 200, body: JSON.stringify({ data: contacts }) });

describe('the doctor, on a channel as documented', () => {
  it('finds nothing that would break Zaps, and writes nothing', async () => {
    const diagnosis = await diagnose();
    expect([notGood(diagnosis), diagnosis.findings.length, isFine(diagnosis)]).toEqual([[], 13, true]);
    expect(new Set(sandbox.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
  });

  it('creates, changes and tags one contact with --write', async () => {
    expect(notGood(await diagnose({ writeAs: 'today' }))).toEqual([]);
    const [contact] = sandbox.store.findByField('email', 'zapier-doctor-today@example.com');
    const names = { firstName: 'Zapier Doctor (delete me)', lastName: says('{{first_name}} 🎉') };
    expect(contact).toMatchObject({ custom_fields: names, tags: ['zapier-doctor'] });
  });

  it('knows a Viber channel', async () => {
    sandbox.configure({ viber: true });
    const authData = connection({ channel_type: 'viber' });
    expect(await finding('by its ID', { authData })).toMatchObject({ verdict: 'good' });
  });

  it.each([
    [undefined, 'no --field and --value were given', 'npm run doctor -- --field subscribed --value TRUE'],
    [{ name: 'Subscribed', value: 'TRUE' }, 'no contact has TRUE', "Check that it is the field's ID"],
  ])('asks less if the search is %j, and does not call that fine', async (search, because, next) => {
    const diagnosis = await diagnose({ search });
    expect([notGood(diagnosis), diagnosis.findings.length, isFine(diagnosis)]).toEqual([[], 6, false]);
    expect(diagnosis.unasked).toMatchObject([{ because: says(because), next: says(next) }]);
  });

  it('calls a channel fine if little stays open', async () => {
    const diagnosis = await diagnose({ search: { name: 'phone', value: '123123' } });
    expect(notGood(diagnosis).map(({ verdict }) => verdict)).toEqual(['open', 'open']);
    expect(isFine(diagnosis)).toBe(true);
  });

  it('goes on with the spelling of yes that finds contacts', async () => {
    failAt(4, page());
    const diagnosis = await diagnose({ search: { name: 'subscribed', value: 'true' } });
    expect([notGood(diagnosis), diagnosis.findings.length]).toEqual([[], 13]);
  });
});

const said = `sandbox%2Dtoken \u001b[2J\u009b31m ${'long '.repeat(60)}`;
it.each([
  [1, 403, { message: said }],
  [16, 200, { data: { id: '1', created_at: 1, tags: [], custom_fields: { lastName: said } } }],
])('the report has 80 columns, no token and no control characters: answer %i', async (n, status, body) => {
  failAt(n, { status, body: JSON.stringify(body) });
  const shown = report(await diagnose({ writeAs: 'today' }));
  expect(shown).not.toMatch(/sandbox(?:-|%)|[^\P{Cc}\n]|.{81}/u);
  expect(shown).toContain('"•••');
});

describe('the doctor, on a channel that behaves otherwise', () => {
  it('waits after a 429 as long as it is told, asks again and slows down', async () => {
    failAt(2, { status: 429, headers: { 'Retry-After': '7' } });
    const found = expect.stringMatching(/^retry-after: 7; 1 of \d+ requests refused$/);
    expect(await finding('rate limits')).toMatchObject({ verdict: 'note', found });
    expect(waits.slice(0, 3)).toEqual([7000, 2000, 2000]);
  });

  it('gives up on a channel whose minute is used up', async () => {
    sandbox.failNext(100, { status: 429 });
    const next = says('Other programs use up what the channel allows.');
    expect(await finding('token')).toMatchObject({ verdict: 'bad', found: says('status 429'), next });
    expect(waits).toEqual([60_000, 2000]);
  });

  it('keeps to 30 requests', async () => {
    for (let turn = 0; turn < 20; turn += 1) failAt(2, { status: 429 });
    await diagnose({ writeAs: 'today' });
    expect(sandbox.requests).toHaveLength(30);
  });

  const other = { id: 1, created_at: 1, custom_fields: { subscribed: 'maybe' } };
  const longAgo = { ...page(), headers: { Date: 'Thu, 01 Jan 2026 00:00:00 GMT' } };
  const html = { status: 200, body: '<html>', contentType: 'text/html' };

  it.each<[question: string, arrange: () => void, expected: object]>([
    ['token', () => failAt(1, html), { found: 'status 200, no JSON', next: says('Check authData_host') }],
    ['clock', () => failAt(0, longAgo), { verdict: 'note', found: says('behind') }],
    ['token', () => failAt(1, { status: 503 }), { next: says('The platform has a problem.') }],
    ['unknown contact', () => failAt(2, { status: 500 }), { means: says('which stops Zaps') }],
    ['slash', () => failAt(3, { status: 301 }), { means: says('would be redirected') }],
    ['past the end', () => failAt(6, { status: 404 }), { found: says('status 404') }],
    ['whole value', () => failAt(4, page(other)), { found: '1 of 1 have another' }],
    ['per_page', () => failAt(7, page(other)), { found: 'yes', verdict: 'note' }],
    ['Which case', () => failAt(8, page()), { next: 'Write true or True in the fields of your Zaps.' }],
    ['created', () => failAt(12, { status: 403 }), { means: 'Create Contact fails.' }],
    ['order', () => sandbox.configure({ order: 'oldest_first' }), { found: 'oldest first', verdict: 'good' }],
    ['order', () => sandbox.configure({ order: 'shuffled' }), { found: 'no order by time', verdict: 'note' }],
    ['by its ID', () => sandbox.configure({ viber: true }), { next: says('Check the Channel Type') }],
  ])('tells what it means: %s', async (word, arrange, expected) => {
    arrange();
    expect(await finding(word, { writeAs: 'today' })).toMatchObject({ verdict: 'bad', ...expected });
  });

  it.each<[string, Fault]>([
    ['404', { status: 404 }],
    ['a redirect', { status: 302, headers: { Location: 'https://example.com/' } }],
    ['a web page', html],
  ])('tells that the API is not there if every call gets %s, and what to ask the brand', async (_, fault) => {
    sandbox.failNext(30, fault);
    const { findings, unasked } = await diagnose();
    const next = says('ask the brand whether its Contacts and Messages API (v1) is still on');
    expect(findings[0]).toMatchObject({ means: says('The API is not there'), next });
    expect(unasked).toMatchObject([{ because: says('the API is not there: every call got'), next }]);
    expect(sandbox.requests).toHaveLength(2);
  });
});

describe('the doctor, if it cannot go on', () => {
  it('tells a sandbox that is not running, and calls nothing fine', async () => {
    await sandbox.close();
    const diagnosis = await diagnose();
    const because = `no sandbox runs at ${sandbox.url}`;
    expect([diagnosis.findings, isFine(diagnosis)]).toEqual([[], false]);
    expect(diagnosis.unasked).toMatchObject([{ because, next: says('npm start') }]);
  });

  it('tells a platform that cannot be reached', async () => {
    delete process.env.CHANNEL_API_BASE_URL;
    const failed = Object.assign(new TypeError('fetch failed'), { cause: { code: 'ENOTFOUND' } });
    jest.spyOn(globalThis, 'fetch').mockRejectedValue(failed);
    const because = 'app.bony.chat cannot be reached (ENOTFOUND)';
    expect((await diagnose()).unasked).toMatchObject([{ because, next: says('authData_host') }]);
  });

  it.each<[number, Fault | string, string]>([
    [3, 'reset before an answer', 'ended the connection without a complete answer (ECONNRESET)'],
    [4, { status: 500 }, 'the search for subscribed = TRUE got status 500'],
  ])('keeps what it found until request %i', async (number, fault, because) => {
    failAt(number, fault);
    const { findings, unasked } = await diagnose();
    expect(findings.length).toBeGreaterThan(1);
    expect(unasked).toMatchObject([{ because: says(because), next: expect.stringMatching(/\w/) }]);
  });

  it('asks nothing more once the token is refused', async () => {
    const diagnosis = await diagnose({ authData: connection({ channel_token: 'wrong' }), writeAs: 'today' });
    const next = says('Copy the token of the channel again');
    expect(diagnosis.findings[0]).toMatchObject({ verdict: 'bad', next });
    expect([sandbox.requests.length, isFine(diagnosis)]).toEqual([1, false]);
  });
});

describe('a template with a header', () => {
  const template = {
    contactId: '1776025372480910',
    message: { type: 'whatsapp_template', template: { name: 'order' } },
    hasHeader: true,
  };
  const sent = () => sandbox.requests.filter(({ path }) => path.includes('/sendContent/1776025372480910'));

  // The doctor makes requests 1 to 3 on every channel, so request 4 is the one that sends the template.
  it.each<[Fault, object]>([
    [{ status: 403 }, {}],
    [{ status: 200, body: '{"status":"error","message":"no"}' }, { found: 'status 200, "no"' }],
    [{ status: 429 }, {}],
  ])('that is refused is not sent again: %j', async (fault, expected) => {
    failAt(4, fault);
    const found = await finding('template', { search: undefined, template });
    expect([found, sent().length]).toMatchObject([{ verdict: 'bad', ...expected }, 1]);
  });

  it('that is not answered may have been sent, and the doctor says so', async () => {
    failAt(4, 'carried out, then the connection is reset');
    const { unasked } = await diagnose({ search: undefined, template });
    const next = says('look at the phone before you send it again');
    const questions = ['Is a template with a header sent?'];
    expect([unasked.at(-1), sent().length]).toMatchObject([{ questions, next }, 1]);
  });
});
