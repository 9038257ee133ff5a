import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Examination, examine } from '../../../tools/doctor/examine.ts';
import type { Finding } from '../../../tools/doctor/finding.ts';
import { type Diagnosis, isFine, report } from '../../../tools/doctor/report.ts';
import type { Fault } from '../../../tools/sandbox/faults.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../tools/sandbox/server.ts';

let sandbox: Sandbox;
const waits: number[] = [];

beforeEach(() => {
  // The doctor times answers, and a busy machine is not the channel's fault.
  jest.spyOn(performance, 'now').mockReturnValue(0);
});
afterEach(async () => {
  waits.length = 0;
  await sandbox?.close();
});

async function channel(options: SandboxOptions = {}): Promise<void> {
  sandbox = await startSandbox({ contacts: 57, ...options });
  process.env.CHANNEL_API_BASE_URL = sandbox.url;
}

const connection = (changes: object = {}) => ({
  host: 'app.bony.chat',
  channel_token: sandbox.token,
  ...changes,
});

const search = { name: 'subscribed', value: 'TRUE' };

async function diagnose(options: Partial<Examination> = {}): Promise<Diagnosis> {
  return examine({
    authData: connection(),
    search,
    wait: async (milliseconds) => waits.push(milliseconds),
    ...options,
  });
}

async function findings(options: Partial<Examination> = {}): Promise<Finding[]> {
  return (await diagnose(options)).findings;
}

/** The finding whose question holds a word. */
async function finding(word: string, options: Partial<Examination> = {}): Promise<Finding | undefined> {
  return (await findings(options)).find(({ question }) => question.includes(word));
}

/** Lets a fault meet the request of that number, from 1. */
function failAt(number: number, fault: Fault | string): void {
  if (number > 1) sandbox.failNext(number - 1, { delayMs: 0 });
  sandbox.failNext(1, fault);
}

const page = (contacts: object[]) => ({ status: 200, body: JSON.stringify({ data: contacts }) });

describe('the doctor, on a channel as documented', () => {
  it('finds nothing that would break Zaps, and writes nothing', async () => {
    await channel();
    const all = await findings();
    expect(all.filter(({ verdict }) => verdict !== 'good')).toEqual([]);
    expect(all).toHaveLength(13);
    expect(new Set(sandbox.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
    expect(sandbox.requests.length).toBeLessThanOrEqual(30);
  });

  it('creates, changes and tags one contact with --write', async () => {
    await channel();
    const all = await findings({ writeAs: 'today' });
    expect(all.filter(({ verdict }) => verdict !== 'good')).toEqual([]);
    const [contact] = sandbox.store.findByField('email', 'zapier-doctor-today@example.com');
    expect(contact).toMatchObject({
      custom_fields: {
        firstName: 'Zapier Doctor (delete me)',
        lastName: expect.stringContaining('{{first_name}} 🎉'),
      },
      tags: ['zapier-doctor'],
    });
    expect(sandbox.requests.length).toBeLessThanOrEqual(30);
  });

  it.each([
    ['newest_first', 'newest first', 'good'],
    ['oldest_first', 'oldest first', 'good'],
    ['shuffled', 'no order by time', 'note'],
  ] as const)('tells the order %s', async (order, found, verdict) => {
    await channel({ order, rateLimits: false });
    expect(await finding('order')).toMatchObject({ found, verdict });
  });

  it('knows a Viber channel, and one that is said to be none', async () => {
    await channel({ viber: true });
    const viber = connection({ channel_type: 'viber' });
    expect(await finding('by its ID', { authData: viber })).toMatchObject({ verdict: 'good' });
    expect(await finding('by its ID')).toMatchObject({
      verdict: 'bad',
      next: expect.stringContaining('Check the Channel Type'),
    });
  });

  it('asks less where it is told no value', async () => {
    await channel();
    const { findings: asked, unasked } = await diagnose({ search: undefined });
    expect(asked).toHaveLength(6);
    expect(unasked).toEqual([
      {
        questions: expect.arrayContaining(['In which order do results come?']),
        because: 'no --field and --value were given',
        next: expect.stringContaining('npm run doctor -- --field subscribed --value TRUE'),
      },
    ]);
  });

  it.each([
    { name: 'Subscribed', value: 'TRUE' },
    { name: 'phone', value: 'nobody' },
  ])(
    'says that the field $name, in which no contact has $value, may be mistyped, and blames nobody',
    async (search) => {
      await channel();
      const { findings: asked, unasked } = await diagnose({ search });
      expect(asked.filter(({ verdict }) => verdict !== 'good')).toEqual([]);
      expect(unasked).toMatchObject([
        {
          because: `no contact has ${search.value} in the field ${search.name}`,
          next: expect.stringContaining("Check that it is the field's ID"),
        },
      ]);
    },
  );

  it('goes on with the spelling of yes that finds contacts', async () => {
    await channel();
    failAt(4, page([]));
    const all = await findings({ search: { name: 'subscribed', value: 'true' } });
    expect(all.filter(({ verdict }) => verdict !== 'good')).toEqual([]);
    expect(all).toHaveLength(13);
  });
});

it.each(['sandbox-token', 'sandbox%2Dtoken', 'sandbox%252Dtoken', 'sandbox\\u002dtoken'])(
  'the report shows neither the token, repeated as %s, nor what steers a terminal',
  async (spelling) => {
    await channel();
    const said = `${spelling} \u001b[2J\u009b31m`;
    for (const [number, answer] of [
      [1, { message: said }],
      [2, { message: said }],
      [3, { data: [{ id: said, created_at: 1, tags: [said], custom_fields: { lastName: said } }] }],
      [5, { message: [said] }],
    ] as const) {
      failAt(number, { status: number === 3 ? 200 : 403, body: JSON.stringify(answer) });
      const shown = report(await diagnose({ writeAs: 'today' }));
      expect(shown).not.toMatch(/sandbox(?:-|%|\\)|[^\P{Cc}\n]/u);
      sandbox.clearFaults();
    }
    failAt(1, { status: 403, body: JSON.stringify({ message: said }) });
    expect(report(await diagnose())).toContain('"•••');
  },
);

describe('the doctor, where requests are too many', () => {
  it('waits as long as it is told, asks again and slows down', async () => {
    await channel();
    failAt(2, { status: 429, headers: { 'Retry-After': '7' } });
    const all = await findings();
    expect(waits.slice(0, 3)).toEqual([7000, 2000, 2000]);
    expect(all.find(({ question }) => question.includes('rate limits'))).toMatchObject({
      verdict: 'note',
      found: expect.stringMatching(/^retry-after: 7; 1 of \d+ requests refused$/),
    });
  });

  it('gives up on a channel whose minute is used up', async () => {
    await channel();
    const ask = () =>
      fetch(`${sandbox.url}/api/v1/contact/1`, { headers: { authorization: `Bearer ${sandbox.token}` } });
    await Promise.all(Array.from({ length: 100 }, ask));
    expect(await finding('token')).toMatchObject({
      verdict: 'bad',
      found: 'status 429, "Too many requests"',
      next: expect.stringContaining('Other programs use up what the channel allows.'),
    });
    expect(waits).toEqual([60_000, 2000]);
  });

  it('keeps to 30 requests whatever happens', async () => {
    await channel();
    sandbox.failNext(100, { status: 429 });
    await findings({ writeAs: 'today' });
    expect(sandbox.requests.length).toBeGreaterThan(0);
    expect(sandbox.requests.length).toBeLessThanOrEqual(30);
  });
});

describe('the doctor, on a channel that behaves otherwise', () => {
  it.each<[string, number, Fault | string, object]>([
    ['token', 1, { status: 401 }, { next: expect.stringContaining('Copy the token of the channel again') }],
    [
      'token',
      1,
      { status: 200, body: '<html>' },
      { found: 'status 200, no JSON', next: expect.stringContaining('Check authData_host') },
    ],
    ['token', 1, { status: 503 }, { next: expect.stringContaining('The platform has a problem.') }],
    ['unknown contact', 2, { status: 500 }, { means: expect.stringContaining('which stops Zaps') }],
    ['slash', 3, { status: 301 }, { means: expect.stringContaining('would be redirected') }],
    ['past the end', 6, { status: 404 }, { found: expect.stringContaining('status 404') }],
    [
      'whole value',
      4,
      page([{ id: 1, created_at: 1, custom_fields: { subscribed: 'maybe' } }]),
      { found: '1 of 1 have another' },
    ],
    ['which case', 8, page([]), { next: 'Write true or True in the fields of your Zaps.' }],
  ])('tells what it means: %s', async (word, number, fault, expected) => {
    await channel();
    failAt(number, fault);
    const found = await findings();
    expect(found.find(({ question }) => question.toLowerCase().includes(word))).toMatchObject({
      verdict: 'bad',
      ...expected,
    });
  });

  it.each<[string, Fault]>([
    ['404', { status: 404 }],
    ['a redirect', { status: 302, headers: { Location: 'https://example.com/' } }],
    ['a web page', { status: 200, body: '<html>', contentType: 'text/html' }],
  ])('tells that the API is not there if every call gets %s, and what to ask the brand', async (_, fault) => {
    await channel();
    sandbox.failNext(30, fault);
    const { findings, unasked } = await diagnose();
    const next = expect.stringContaining(
      'ask the brand whether its Contacts and Messages API (v1) is still on',
    );
    expect(findings[0]).toMatchObject({ means: expect.stringContaining('The API is not there'), next });
    expect(unasked).toMatchObject([
      { because: expect.stringContaining('the API is not there: every call got'), next },
    ]);
    expect(sandbox.requests).toHaveLength(2);
  });

  it('tells that per_page is heeded', async () => {
    await channel();
    failAt(7, page([{ id: 1, created_at: 1 }]));
    expect(await finding('per_page')).toMatchObject({ found: 'yes', verdict: 'note' });
  });

  it('tells a clock that is wrong', async () => {
    await channel();
    sandbox.failNext(40, { ...page([]), headers: { Date: 'Thu, 01 Jan 2026 00:00:00 GMT' } });
    expect(await finding('clock')).toMatchObject({
      verdict: 'note',
      found: expect.stringContaining('behind'),
    });
  });

  it('tells where nothing can be created', async () => {
    await channel();
    failAt(4, { status: 403 });
    const { findings, unasked } = await diagnose({ search: undefined, writeAs: 'today' });
    expect(findings.find(({ question }) => question.includes('created'))).toMatchObject({ verdict: 'bad' });
    expect(unasked.at(-1)).toMatchObject({
      because: 'no contact was created',
      questions: expect.not.arrayContaining(['Can a contact be created?']),
    });
  });
});

describe('the doctor, where it cannot go on', () => {
  it('tells a sandbox that is not running, and calls nothing fine', async () => {
    await channel();
    await sandbox.close();
    const diagnosis = await diagnose();
    expect(diagnosis.findings).toEqual([]);
    expect(diagnosis.unasked).toMatchObject([
      { because: `no sandbox runs at ${sandbox.url}`, next: expect.stringContaining('npm start') },
    ]);
    expect(isFine(diagnosis)).toBe(false);
    expect(report(diagnosis).replaceAll(/\s+/g, ' ')).toContain(
      '13 of 13 questions could not be asked: no sandbox runs at',
    );
  });

  it('tells a platform that cannot be reached', async () => {
    await channel();
    delete process.env.CHANNEL_API_BASE_URL;
    const failed = Object.assign(new TypeError('fetch failed'), { cause: { code: 'ENOTFOUND' } });
    jest.spyOn(globalThis, 'fetch').mockRejectedValue(failed);
    const { unasked } = await diagnose();
    expect(unasked).toMatchObject([
      {
        because: 'app.bony.chat cannot be reached (ENOTFOUND)',
        next: expect.stringContaining('authData_host'),
      },
    ]);
  });

  it.each<[number, Fault | string, string]>([
    [
      3,
      'reset before an answer',
      'app.bony.chat ended the connection without a complete answer (ECONNRESET)',
    ],
    [4, { status: 500 }, 'the search for subscribed = TRUE got status 500'],
  ])('keeps what it found until request %i', async (number, fault, because) => {
    await channel();
    failAt(number, fault);
    const { findings, unasked } = await diagnose();
    expect(findings.length).toBeGreaterThan(1);
    expect(unasked).toMatchObject([
      { because: expect.stringContaining(because), next: expect.stringMatching(/\w/) },
    ]);
  });

  it('asks nothing more once the token is refused', async () => {
    await channel();
    const diagnosis = await diagnose({ authData: connection({ channel_token: 'wrong' }), writeAs: 'today' });
    expect(sandbox.requests).toHaveLength(1);
    expect(isFine(diagnosis)).toBe(false);
  });
});

describe('the report', () => {
  it('fits 80 columns, with everything that can be in it', async () => {
    await channel({ order: 'shuffled' });
    failAt(2, { status: 500, body: JSON.stringify({ message: 'long '.repeat(60) }) });
    const lines = report(await diagnose({ writeAs: 'today' })).split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.filter((line) => /^ {4}Next /.test(line))).toHaveLength(1);
  });

  it('is fine where little stays open, and not where most could not be asked', async () => {
    await channel();
    expect(isFine(await diagnose())).toBe(true);
    expect(isFine(await diagnose({ search: { name: 'phone', value: '123123' } }))).toBe(true);
    expect(isFine(await diagnose({ search: undefined }))).toBe(false);
  });
});

describe('a template with a header', () => {
  const template = {
    contactId: '1776025372480910',
    message: { type: 'whatsapp_template', template: { name: 'order' } },
    hasHeader: true,
  };
  const sent = () =>
    sandbox.requests.filter(({ path }) => path === '/api/v1/message/sendContent/1776025372480910');

  it.each<[Fault, Partial<Finding>]>([
    [{ status: 403 }, { verdict: 'bad' }],
    [
      { status: 200, body: '{"status":"error","message":"no"}' },
      { verdict: 'bad', found: 'status 200, "no"' },
    ],
    [{ status: 429 }, { verdict: 'bad' }],
  ])('that is refused is not sent again: %j', async (fault, expected) => {
    await channel();
    // Requests 1 to 3 are for every channel.
    failAt(4, fault);
    expect(await finding('template', { search: undefined, template })).toMatchObject(expected);
    expect(sent()).toHaveLength(1);
  });

  it('that is not answered may have been sent, and the doctor says so', async () => {
    await channel();
    failAt(4, 'carried out, then the connection is reset');
    const { unasked } = await diagnose({ search: undefined, template });
    expect(unasked.at(-1)).toMatchObject({
      questions: ['Is a template with a header sent?'],
      next: expect.stringContaining('look at the phone before you send it again'),
    });
    expect(sent()).toHaveLength(1);
  });
});
