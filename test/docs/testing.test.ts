import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as schema from 'zod';
import config, { longestTests, slowTests } from '../../jest.config.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { leftOut, mutated, strykerOptions } from '../../tools/mutation/config.ts';
import runner from '../../tools/on-demand/mutation/package.json' with { type: 'json' };
import lock from '../../tools/on-demand/mutation/package-lock.json' with { type: 'json' };

const tests = globSync('test/**/*.test.ts').map((file) => `/${file}`);
const matching = (pattern: string) => tests.filter((file) => new RegExp(pattern).test(file));

it.each(slowTests)('the pattern %s of slow tests matches some of them', (pattern) => {
  expect(matching(pattern)).not.toEqual([]);
});

it.each(longestTests)('a test has %s in its path, with which the tests begin', (part) => {
  expect(tests.filter((file) => file.includes(part))).not.toEqual([]);
});

describe('mutation testing', () => {
  it('changes all of the integration, and nothing else', () => {
    const sources = globSync(['index.ts', '*/**/*.ts'], {
      exclude: (path) => /^(?:node_modules|build|coverage|dist|docs|test|tools)$/.test(path),
    });
    expect(globSync(mutated).sort()).toEqual(sources.sort());
    expect(sources.length).toBeGreaterThan(40);
  });

  it.each(leftOut)('leaves out tests that there are: %s', (pattern) => {
    expect(matching(pattern)).not.toEqual([]);
  });

  it('pins its packages, which npm ci does not install', () => {
    const versions = schema.record(schema.string(), schema.string()).parse(runner.dependencies);
    for (const [name, version] of Object.entries(versions)) {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
      expect(Reflect.get(lock.packages, `node_modules/${name}`)).toMatchObject({ version });
      expect(Object.keys(packageJson.devDependencies)).not.toContain(name);
    }
    expect(Object.keys(versions)).toHaveLength(2);
    expect(readFileSync('tools/on-demand/mutation/package-lock.json', 'utf8')).not.toContain('"resolved"');
  });

  it('runs Jest as the tests do', () => {
    const { testRunnerNodeArgs, jest, mutate } = strykerOptions(['src/inputs/tags.ts'], 'plugin.js');
    const flags = testRunnerNodeArgs.filter((flag) => !flag.startsWith('--max-old-space-size='));
    for (const flag of flags) expect(packageJson.scripts.jest).toContain(` ${flag} `);
    expect(flags).toHaveLength(2);
    expect(globSync(jest.configFile)).toHaveLength(1);
    // Stryker does not know what <rootDir> stands for.
    expect(config.testEnvironment).toContain('<rootDir>');
    expect(jest.config.testEnvironment).toBe('node');
    expect(mutate).toEqual(['src/inputs/tags.ts']);
  });
});
