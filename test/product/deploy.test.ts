import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import packageJson from '../../package.json' with { type: 'json' };
import lock from '../../package-lock.json' with { type: 'json' };
import { startSandbox } from '../../tools/sandbox/server.ts';
import { unpack } from '../../tools/scripts/zip.ts';
import { startZapierApi, type ZapierApi } from '../support/zapier-api.ts';

const { version } = packageJson;
const folder = mkdtempSync(join(tmpdir(), 'deploy-'));
const project = join(folder, 'project');
let zapier: ZapierApi;

beforeAll(async () => {
  zapier = await startZapierApi();
  // Registering an app writes files, so the tests work on a copy of the project that shares its node_modules.
  const own = [
    'index.ts',
    'authentication.ts',
    'src',
    'triggers',
    'searches',
    'creates',
    'tools/scripts',
    'CHANGELOG.md',
  ];
  for (const path of [...own, 'package.json', 'package-lock.json', '.zapierapprc', '.gitignore']) {
    cpSync(path, join(project, path), { recursive: true });
  }
  symlinkSync(resolve('node_modules'), join(project, 'node_modules'));
  for (const file of ['.env', '.env.local', 'tools/.env.test'])
    writeFileSync(join(project, file), 'authData_channel_token=secret');
});
afterAll(() => {
  zapier.close();
  rmSync(folder, { recursive: true });
});

/** Runs a script in the copied project. Returns its exit code and everything it printed. */
async function run(script: string, args: string[], env = {}): Promise<{ code: number; text: string }> {
  const talksToZapier = { ZAPIER_BASE_ENDPOINT: zapier.url, ZAPIER_DEPLOY_KEY: zapier.key, HOME: folder };
  const options = {
    cwd: project,
    env: { ...process.env, ...talksToZapier, DISABLE_ZAPIER_ANALYTICS: '1', ...env },
  };
  return promisify(execFile)(process.execPath, [script, ...args], options).then(
    ({ stdout, stderr }) => ({ code: 0, text: stdout + stderr }),
    ({ code, stdout, stderr }) => ({ code, text: stdout + stderr }),
  );
}
const cli = (args: string[], env = {}) => run('node_modules/zapier-platform-cli/src/bin/run', args, env);
const push = (...flags: string[]) => run('tools/scripts/push.ts', flags);

/** Returns the latest upload, unpacked into an empty folder so that it cannot load the project's own files. */
function uploaded(): { request: string; folder: string; names: string[]; sources: string[] } {
  const { request = '', body } = zapier.written.at(-1) ?? {};
  const bytes = Buffer.from(String(body?.zip_file), 'base64');
  expect(bytes.equals(readFileSync(join(project, 'build/build.zip')))).toBe(true);
  const file = join(folder, `${zapier.written.length}.zip`);
  writeFileSync(file, bytes);
  const unpacked = join(folder, `${zapier.written.length}`);
  unpack(file, unpacked);
  const sources = Object.keys(unzipSync(Buffer.from(String(body?.source_zip_file), 'base64')));
  return { request, folder: unpacked, names: Object.keys(unzipSync(bytes)), sources };
}

/** Calls the handler of an unpacked zip as Zapier's Lambda does: in a fresh process, with nothing else loaded. */
async function callHandler(unpacked: string, event: object, env = {}) {
  const script = `
    const { handler } = await import(process.argv[1]);
    const { results } = await handler(JSON.parse(process.argv[2]));
    process.stdout.write('\\n' + JSON.stringify(results));`;
  const args = [
    '--input-type=module',
    '--eval',
    script,
    join(unpacked, 'zapierwrapper.js'),
    JSON.stringify(event),
  ];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...env } });
  return JSON.parse(stdout.slice(stdout.lastIndexOf('\n')));
}

const details = {
  desc: 'Bony Chat is a customer messaging platform.',
  url: 'https://bony.chat',
  audience: 'private',
  role: 'employee',
  category: 'crm',
};
const register = (title: string, file = '.zapierapprc') => {
  const flags = Object.entries(details).flatMap(([name, value]) => [`--${name}`, value]);
  return cli(['register', title, ...flags, '--no-subscribe'], { ZAPIER_CURRENT_APP_FILE: file });
};
const appFile = (file: string) => JSON.parse(readFileSync(join(project, file), 'utf8'));

it('says how to register what is not registered yet, and uploads nothing', async () => {
  expect(await push('--brand', 'bony')).toEqual({
    code: 1,
    text: expect.stringContaining(
      'ZAPIER_CURRENT_APP_FILE=.zapierapprc.bony npx zapier-platform register "Bony Chat"',
    ),
  });
  expect(zapier.written).toEqual([]);
});

it('registers an integration, and one for a brand in a file of its own', async () => {
  expect(await register('Channel Inbox')).toMatchObject({ code: 0 });
  expect(await register('Bony Chat', '.zapierapprc.bony')).toMatchObject({ code: 0 });
  expect(zapier.written.map(({ body }) => body.title)).toEqual(['Channel Inbox', 'Bony Chat']);
  const { includeInBuild } = JSON.parse(readFileSync('.zapierapprc', 'utf8'));
  expect(appFile('.zapierapprc')).toEqual({ includeInBuild, id: 1, key: 'App1' });
  expect(appFile('.zapierapprc.bony')).toEqual({ id: 2, key: 'App2' });
});

describe('npm run push', () => {
  let made: ReturnType<typeof uploaded>;

  beforeAll(async () => {
    const { code, text } = await push();
    expect(text).toMatch(/^Made build\/build\.zip for every platform, \d{3} kB\./);
    expect(code).toBe(0);
    made = uploaded();
  });

  it('uploads the version of package.json, and the sources without environment files', () => {
    expect(made.request).toBe(`PUT /apps/1/versions/${version}`);
    expect(made.sources).toEqual(expect.arrayContaining(['index.ts', 'src/api/channel.ts', '.zapierapprc']));
    expect(made.sources.filter((name) => /^node_modules\/|\.env/.test(name))).toEqual([]);
  });

  it('uploads our files, the packages of package-lock.json that a run needs, and nothing else', () => {
    const [packaged, ours] = [true, false].map((isPackaged) =>
      made.names.filter((name) => name.startsWith('node_modules/') === isPackaged).sort(),
    );
    expect(ours).toEqual([
      'definition.json',
      'dist/index.js',
      'dist/phone.js',
      'package.json',
      'zapierwrapper.js',
    ]);
    const needed = Object.entries(lock.packages).filter(([path, entry]) => path !== '' && !('dev' in entry));
    const isKnown = (name: string) =>
      existsSync(name) &&
      needed.some(([path]) => name.startsWith(`${path}/`)) &&
      !/\/(?:zod|libphonenumber-js)\//.test(name);
    expect(packaged?.length).toBeGreaterThan(300);
    expect(packaged?.filter((name) => !isKnown(name))).toEqual([]);
  });

  it.each([
    // The platform's own files take 658 kB of this zip, so the rest of the budget is ours.
    ['build/build.zip', 790_000],
    ['dist/index.js', 170_000],
  ])('keeps %s within %i bytes', (file, budget) => {
    const bytes = readFileSync(join(file.startsWith('dist') ? made.folder : project, file)).length;
    expect(bytes).toBeLessThan(budget);
  });

  it('loads phones from the file beside ours alone, and carries the licences of what is bundled', async () => {
    const text = (file: string) => readFileSync(join(made.folder, 'dist', file), 'utf8');
    expect(
      [text('phone.js'), text('index.js')].map((code) => code.includes('country_calling_codes')),
    ).toEqual([true, false]);
    const { internationalPhone } = await import(join(made.folder, 'dist/phone.js'));
    expect(internationalPhone('33 1234 5000', 'MX')).toBe('+523312345000');
    for (const [file, name] of [
      ['index.js', 'zod'],
      ['phone.js', 'libphonenumber-js'],
    ] as const) {
      const licence = readFileSync(`node_modules/${name}/LICENSE`, 'utf8');
      expect([name, text(file).includes(`\n${name}\n\n${licence}`)]).toEqual([name, true]);
    }
  });

  it('uploads what answers a search and sends a message', async () => {
    const sandbox = await startSandbox();
    const contact_id = '1776025372480910';
    const execute = (method: string, inputData: object) => {
      const bundle = { authData: { host: 'app.bony.chat', channel_token: sandbox.token }, inputData };
      const event = { command: 'execute', method: `${method}.operation.perform`, bundle };
      return callHandler(made.folder, event, { CHANNEL_API_BASE_URL: sandbox.url });
    };
    expect(await execute('searches.find_contact_by_id', { contact_id })).toMatchObject([{ id: contact_id }]);
    await execute('creates.send_message', { contact_id, text: 'Hola {{x}} 🎉' });
    expect(sandbox.store.messagesOf(contact_id).map(({ message }) => message)).toEqual([
      { type: 'text', text: 'Hola {{x}} 🎉' },
    ]);
    await sandbox.close();
  });
});

it('uploads for a brand to its own integration, as a snapshot', async () => {
  const { code, text } = await push('--brand', 'bony', '--snapshot', 'preview');
  expect(text).toMatch(/^Made build\/build\.zip for Bony Chat, \d{3} kB\./);
  expect(code).toBe(0);
  const { request, folder: unpacked } = uploaded();
  expect(request).toBe('PUT /apps/2/versions/0.0.0-preview');
  const definition = await callHandler(unpacked, { command: 'definition' });
  expect(definition.version).toBe('0.0.0-preview');
  const fields: { key: string }[] = definition.authentication.fields;
  expect(fields.map(({ key }) => key)).not.toContain('host');
  expect(JSON.stringify(fields)).toContain('Bony Chat');
});

it('promotes the version, with its section of the changelog', async () => {
  expect(await cli(['promote', version, '--yes'])).toMatchObject({
    code: 0,
    text: expect.stringContaining('Promotion successful'),
  });
  const { request, body } = zapier.written.at(-1) ?? {};
  expect(request).toBe('POST /apps/1/migrations');
  expect(body?.job).toMatchObject({
    name: 'promote',
    to_version: version,
    changelog: expect.stringContaining('New Contact'),
  });
});

describe('what Zapier refuses', () => {
  it('is told by its reason, and the command fails', async () => {
    const before = zapier.written.length;
    zapier.refusal = 'D012: The key of a trigger changed.';
    const { code, text } = await push();
    zapier.refusal = undefined;
    expect(text).toContain('D012: The key of a trigger changed.');
    expect([code === 0, zapier.written.length]).toEqual([false, before]);
  });

  it('is a snapshot with a longer name, before anything is made', async () => {
    const { code, text } = await push('--snapshot', 'a-name-that-is-long');
    expect(text).toContain('A name has 1 to 12 letters and digits');
    expect(code).toBe(1);
  });
});
