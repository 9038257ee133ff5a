import { stripVTControlCharacters } from 'node:util';
import { expect, it } from '@jest/globals';
import * as schema from 'zod';
import { runScript } from '../../support/script.ts';

/** Runs the demo with its output in a pipe, and without the variables that would decide on colour instead. */
function runDemo(flags: string[] = [], variables: Record<string, string> = {}) {
  const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env;
  return runScript('demo/demo.ts', flags, { ...env, ...variables });
}

const lines = (text: string) => stripVTControlCharacters(text).split('\n');

it('tells three chapters within 80 columns, and in a pipe without colour and marks', async () => {
  const { code, stdout, stderr } = await runDemo();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(lines(stdout).filter((line) => /^\d\. /.test(line))).toEqual([
    '1. Connect the channel',
    '2. A form comes in',
    '3. The channel moves',
  ]);
  expect(lines(stdout).filter((line) => line.length > 80)).toEqual([]);
  expect(stdout).toBe(stripVTControlCharacters(stdout));
  expect(stdout).not.toContain('✓');
  expect(stdout).toMatch(/\n {4}GET {4}\/contact\/by_custom_field phone=\+1 202 555 0143 +200 +\d+ ms\n/);
  expect(stdout).toContain('npm start');
});

it('has colour and marks if FORCE_COLOR stands for a terminal, and is as narrow', async () => {
  const { stdout } = await runDemo([], { FORCE_COLOR: '1' });
  expect(stdout).toContain('\u001b[32m✓');
  expect(lines(stdout).filter((line) => line.length > 80)).toEqual([]);
});

it('has neither with NO_COLOR', async () => {
  const { stdout } = await runDemo([], { NO_COLOR: '1' });
  expect(stdout).toBe(stripVTControlCharacters(stdout));
  expect(stdout).not.toContain('✓');
});

const [text, truth] = [schema.string(), schema.boolean()];
const requests = schema.array(schema.object({ method: text, path: text }));
const step = schema.object({ step: text, isExpected: truth, fact: text, result: schema.unknown(), requests });
const chapter = schema.object({ chapter: text, steps: schema.array(step) });
const told = schema.object({
  isExpected: truth,
  seconds: schema.number(),
  chapters: schema.array(chapter),
});

it('returns the whole as JSON, in which both spellings of a phone find one person', async () => {
  const { code, stdout } = await runDemo(['--json']);
  const { isExpected, chapters } = told.parse(JSON.parse(stdout));
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
  expect(lines(stdout).filter((line) => line.length > 80)).toEqual([]);
  expect(stdout).toMatch(/\n\nThe demo ends here\.\n$/);
  const json = await runDemo(['--json'], { NODE_OPTIONS: `--import=${breakMessages}` });
  expect(json.code).toBe(1);
  expect(told.parse(JSON.parse(json.stdout)).isExpected).toBe(false);
});
