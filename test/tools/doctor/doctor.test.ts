import { afterEach, describe, expect, it } from '@jest/globals';
import { type Examination, examine } from '../../../tools/doctor/examine.ts';
import type { Finding } from '../../../tools/doctor/finding.ts';
import type { Fault } from '../../../tools/sandbox/faults.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../tools/sandbox/server.ts';

let sandbox: Sandbox;
const waits: number[] = [];

afterEach(async () => {
  delete process.env.CHANNEL_API_BASE_URL;
  waits.length = 0;
  await sandbox.close();
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

async function findings(options: Partial<Examination> = {}): Promise<Finding[]> {
  return examine({
    authData: connection(),
    field: 'subscribed',
    value: 'TRUE',
    wait: async (milliseconds) => waits.push(milliseconds),
    ...options,
  });
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
    expect(sandbox.requests.every(({ method }) => method === 'GET')).toBe(true);
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
      means: expect.stringContaining('check the Channel Type'),
    });
  });

  it('asks less where it is told no value, or one that nobody has', async () => {
    await channel();
    expect(await findings({ field: undefined })).toHaveLength(6);
    const open = (await findings({ field: 'phone', value: 'nobody' })).filter(
      ({ verdict }) => verdict === 'open',
    );
    expect(open.map(({ question }) => question)).toEqual([
      'In which order do results come?',
      'Which case of yes and no matches?',
      'Do found contacts have the whole value?',
      'Is a found contact found by its ID?',
    ]);
  });
});

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
    expect(await finding('everything')).toMatchObject({
      verdict: 'bad',
      found: expect.stringContaining('status 429, "Too many requests"'),
    });
    expect(waits).toEqual([60_000, 2000]);
  });

  it('keeps to 30 requests whatever happens', async () => {
    await channel();
    sandbox.failNext(100, { status: 429 });
    await findings({ writeAs: 'today' });
    expect(sandbox.requests.length).toBeLessThanOrEqual(30);
  });
});

describe('the doctor, on a channel that behaves otherwise', () => {
  it.each<[string, number, Fault | string, object]>([
    ['everything', 1, { status: 401 }, { found: expect.stringMatching(/check the host and the token\.$/) }],
    [
      'everything',
      1,
      { status: 200, body: '<html>' },
      { found: expect.stringContaining('status 200, no JSON') },
    ],
    [
      'everything',
      3,
      'reset before an answer',
      { found: 'app.bony.chat gave no complete answer (ECONNRESET).' },
    ],
    ['everything', 4, { status: 500 }, { found: 'The search for subscribed = TRUE got status 500.' }],
    ['unknown contact', 2, { status: 500 }, { means: expect.stringContaining('which stops Zaps') }],
    ['slash', 3, { status: 301 }, { means: expect.stringContaining('would be redirected') }],
    ['past the end', 6, { status: 404 }, { found: 'status 404' }],
    [
      'whole value',
      4,
      page([{ id: 1, created_at: 1, custom_fields: { subscribed: 'maybe' } }]),
      { found: '1 of 1 have another' },
    ],
    ['which case', 8, page([]), { means: expect.stringContaining('write true or True') }],
  ])('tells what it means: %s', async (word, number, fault, expected) => {
    await channel();
    failAt(number, fault);
    const found = await findings();
    expect(found.find(({ question }) => question.toLowerCase().includes(word))).toMatchObject({
      verdict: 'bad',
      ...expected,
    });
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
    expect(await finding('created', { field: undefined, writeAs: 'today' })).toMatchObject({
      verdict: 'bad',
    });
  });
});
