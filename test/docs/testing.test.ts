import { globSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { longestTests, slowTests } from '../../jest.config.ts';

const tests = globSync('test/**/*.test.ts').map((file) => `/${file}`);
const matching = (pattern: string) => tests.filter((file) => new RegExp(pattern).test(file));

it.each(slowTests)('the pattern %s of slow tests matches some of them', (pattern) => {
  expect(matching(pattern)).not.toEqual([]);
});

it.each(longestTests)('a test has %s in its path, with which the tests begin', (part) => {
  expect(tests.filter((file) => file.includes(part))).not.toEqual([]);
});
