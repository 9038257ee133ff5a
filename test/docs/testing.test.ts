import { globSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { slowTests } from '../../jest.config.ts';

const files = globSync('test/**/*.test.ts').map((file) => `/${file}`);

it.each(slowTests)('the pattern %s of slow tests matches some of them', (pattern) => {
  expect(files.filter((file) => new RegExp(pattern).test(file))).not.toEqual([]);
});
