import { expect, it } from '@jest/globals';
import { runScript } from '../../support/script.ts';

it.each([
  ['npm start', 'console/start.ts'],
  ['npm run demo', 'demo/demo.ts'],
  ['npm run build', 'scripts/build.ts'],
  ['npm run zip', 'scripts/zip.ts'],
  ['npm run validate', 'scripts/validate.ts'],
  ['npm run bench', 'bench/main.ts'],
  ['npm run doctor', 'doctor/run.ts'],
  ['npm run screenshots', 'scripts/screenshots.ts'],
])('%s --help shows what it does and its flags', async (command, file) => {
  const { code, stdout, stderr } = await runScript(file, ['--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(new RegExp(`^Usage: ${command} -- \\[options\\].*\n\n[A-Z][^]*--help +shows this`));
});

it.each([
  [['--prot', '4010'], "unknown option '--prot'\n(Did you mean --port?)"],
  [['--contacts', 'many'], 'Allowed is a whole number from 0 to '],
  [['--console-port=99999'], 'Allowed is a whole number from 0 to 65535.'],
  [['--order', 'up'], 'Allowed choices are newest_first, oldest_first, shuffled.'],
  [['--brand', 'bonny'], 'Allowed choices are bony, 1980tic, telenet.'],
  [['4010'], 'too many arguments'],
])('npm start refuses %j before it does anything', async (flags, reason) => {
  const { code, stdout, stderr } = await runScript('console/start.ts', flags);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(reason);
  expect(stderr).toContain('All flags: npm start -- --help');
});
