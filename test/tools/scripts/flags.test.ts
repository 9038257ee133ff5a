import { describe, expect, it } from '@jest/globals';
import { runScript } from '../../support/script.ts';

const run = (file: string, ...flags: string[]) => runScript(file, flags);

const scripts: [command: string, file: string][] = [
  ['npm start', 'console/start.ts'],
  ['npm run demo', 'demo/demo.ts'],
  ['npm run build', 'scripts/build.ts'],
  ['npm run zip', 'scripts/zip.ts'],
  ['npm run bench', 'bench/main.ts'],
  ['npm run faults', 'faults/run.ts'],
  ['npm run bounds', 'bench/bounds/run.ts'],
  ['npm run doctor', 'doctor/run.ts'],
  ['npm run screenshots', 'scripts/screenshots.ts'],
];

describe.each(scripts)('%s', (command, file) => {
  it('--help shows what it does and its flags, within 80 columns', async () => {
    const { code, stdout, stderr } = await run(file, '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      new RegExp(`^${command} -- \\[flags\\]\n[A-Z][^]*\n\nFlags:\n[^]*--help +shows this`),
    );
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});

describe('a flag', () => {
  it.each([
    [['--prot', '4010'], 'There is no flag --prot; the nearest is --port. All flags: npm start -- --help'],
    [['--contacts', 'many'], /^--contacts many: allowed is a whole number from 0 to \d+\./],
    [['--console-port=99999'], '--console-port 99999: allowed is a whole number from 0 to 65535.'],
    [['--order', 'up'], '--order up: allowed is newest_first, oldest_first, shuffled.'],
    [['--order'], '--order needs a value: newest_first, oldest_first, shuffled.'],
    [['--port='], '--port needs a value: a whole number from 0 to 65535.'],
    [['--viber=yes'], '--viber takes no value.'],
    [['4010'], '"4010" is no flag.'],
  ])('that is wrong is refused: %j', async (flags, reason) => {
    const { code, stdout, stderr } = await run('console/start.ts', ...flags);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trim().split('\n')).toEqual([
      reason instanceof RegExp ? expect.stringMatching(reason) : expect.stringContaining(reason),
    ]);
  });

  it('that takes names without itself names those that are allowed', async () => {
    expect(await run('bench/main.ts', 'phones')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^--table phones: allowed is requests, phone, .*\n$/),
    });
    const { code, stdout } = await run('bench/main.ts', 'phone');
    expect({ code, tables: stdout.match(/^\| phone .*at most/gm) }).toEqual({
      code: 0,
      tables: [expect.any(String)],
    });
    expect(stdout).not.toContain('NO');
  });
});
