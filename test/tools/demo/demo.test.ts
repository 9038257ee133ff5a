import { stripVTControlCharacters } from 'node:util';
import { expect, it } from '@jest/globals';
import type { Chapter } from '../../../tools/demo/telling.ts';
import { runScript } from '../../support/script.ts';

/** Runs the demo with its output in a pipe. Only these variables decide on colour. */
function runDemo(flags: string[], variables: Record<string, string> = {}) {
  const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env;
  return runScript('demo/demo.ts', flags, { ...env, ...variables });
}

const lines = (text: string) => stripVTControlCharacters(text).split('\n');
const tooLong = (text: string) => lines(text).filter((line) => line.length > 80);

it.each([
  ['in a pipe without colour and marks', {}, false],
  ['with both if FORCE_COLOR stands for a terminal', { FORCE_COLOR: '1' }, true],
])('tells three chapters within 80 columns, %s', async (_, variables, isStyled) => {
  const { code, stdout, stderr } = await runDemo([], variables);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(lines(stdout).filter((line) => /^\d\. /.test(line))).toEqual([
    '1. Connect the channel',
    '2. A form comes in',
    '3. The channel moves',
  ]);
  expect(tooLong(stdout)).toEqual([]);
  const isPlain = stdout === stripVTControlCharacters(stdout) && !stdout.includes('✓');
  expect([stdout.includes('\u001b[32m✓'), isPlain]).toEqual([isStyled, !isStyled]);
  const request = / {4}GET {4}\/contact\/by_custom_field phone=\+1 202 555 0143 +200 +\d+ ms$/;
  expect(lines(stdout)).toContainEqual(expect.stringMatching(request));
  expect(stdout).toContain('npm start');
});

it('returns the whole as JSON, in which both spellings of a phone find one person', async () => {
  const { code, stdout } = await runDemo(['--json']);
  const { isExpected, chapters }: { isExpected: boolean; chapters: Chapter[] } = JSON.parse(stdout);
  expect({ code, isExpected }).toEqual({ code: 0, isExpected: true });
  const steps = chapters.flatMap((each) => each.steps);
  const [first, second] = steps.filter(({ step }) => step.startsWith('Ana submits'));
  expect(first?.step).toContain('+1 202 555 0143');
  expect(second?.step).toContain(' (202) 555-0143');
  expect(first?.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  expect(second?.requests.map(({ method }) => method)).toEqual(['GET']);
  expect(Object(second?.result).id).toBe(Object(first?.result).id);
});

/** A module that changes the path for messages in the built integration to one that the sandbox refuses. */
const breakMessages = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      return url.endsWith('/dist/index.js')
        ? { ...loaded, source: String(loaded.source).replace('sendContent', 'other') }
        : loaded;
    },
  });
`)}`;

it('names the step that does not go as expected, goes no further, and exits with 1', async () => {
  const { code, stdout } = await runDemo([], { NODE_OPTIONS: `--import=${breakMessages}` });
  expect(code).toBe(1);
  expect(stdout).toContain('Not as expected: Send her a text');
  expect(tooLong(stdout)).toEqual([]);
  expect(stdout).toMatch(/\n\nThe demo ends here\.\n$/);
});
