import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import { startSandbox } from '../../tools/sandbox/server.ts';

/** Calls the handler of the unpacked zip, as Zapier's Lambda does, in a process of its own. */
const callHandler = `
  const { handler } = await import(process.argv[1]);
  const { results } = await handler(JSON.parse(process.argv[2]));
  process.stdout.write('\\n' + JSON.stringify(results));
`;

describe('the zip that is uploaded to Zapier', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zip-'));
  let names: string[];

  beforeAll(() => {
    execFileSync(process.execPath, ['tools/scripts/zip.ts'], { stdio: ['ignore', 'pipe', 'pipe'] });
    const files = unzipSync(readFileSync('build/build.zip'));
    names = Object.keys(files);
    for (const [name, bytes] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true }));

  const call = async (event: object, env = {}) => {
    const args = [
      '--input-type=module',
      '--eval',
      callHandler,
      join(folder, 'zapierwrapper.js'),
      JSON.stringify(event),
    ];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...env } });
    return JSON.parse(stdout.slice(stdout.lastIndexOf('\n')));
  };

  it('holds our one file, and nothing of the sandbox, the tests or the sources', () => {
    expect(names.filter((name) => !name.startsWith('node_modules/')).sort()).toEqual([
      'definition.json',
      'dist/index.js',
      'dist/phone.js',
      'package.json',
      'zapierwrapper.js',
    ]);
  });

  it('holds no package that is bundled, and loads phones from the file beside ours alone', async () => {
    expect(names.filter((name) => /node_modules\/(?:zod|libphonenumber-js)\//.test(name))).toEqual([]);
    expect(readFileSync(join(folder, 'dist/index.js'), 'utf8')).not.toContain('country_calling_codes');
    const { internationalPhone } = await import(join(folder, 'dist/phone.js'));
    expect(internationalPhone('33 1234 5000', 'MX')).toBe('+523312345000');
  });

  it.each([
    // The platform's own files alone make 848 kB of the zip.
    ['build/build.zip', 930_000],
    ['dist/index.js', 130_000],
  ])('keeps %s within %i bytes', (file, budget) => {
    expect(statSync(file).size).toBeLessThan(budget);
  });

  it('answers with its definition', async () => {
    const { creates } = await call({ command: 'definition' });
    expect(Object.keys(creates)).toContain('send_message');
  });

  it('runs a search over HTTP', async () => {
    const sandbox = await startSandbox();
    const bundle = {
      authData: { host: 'app.bony.chat', channel_token: sandbox.token },
      inputData: { contact_id: '1776025372480910' },
    };
    const method = 'searches.find_contact_by_id.operation.perform';
    expect(
      await call({ command: 'execute', method, bundle }, { CHANNEL_API_BASE_URL: sandbox.url }),
    ).toMatchObject([{ id: '1776025372480910' }]);
    await sandbox.close();
  });
});
