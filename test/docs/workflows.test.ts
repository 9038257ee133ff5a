import { globSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { longestTests, slowTests } from '../../jest.config.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { brands } from '../../src/connection/brands.ts';
import { runScript } from '../support/script.ts';

/** The parts of a job that these tests read. */
interface Job {
  if?: string;
  needs?: string;
  permissions?: object;
  strategy?: { matrix: { include?: object[]; node?: number[] } };
  steps: { if?: string; run?: string; env?: Record<string, string> }[];
}
interface Workflow {
  on: object;
  permissions: object;
  jobs: Record<string, Job>;
}
const read = (path: string) => readFileSync(path, 'utf8');
const source = (file: string) => read(`.github/workflows/${file}`);
const workflow = (file: string): Workflow => parse(source(file));

it.each(globSync('*.yml', { cwd: '.github/workflows' }).sort())(
  '%s may read the sources and nothing else, and pins its actions by their commit',
  (file) => {
    const { permissions, jobs } = workflow(file);
    const granted = [permissions, ...Object.values(jobs).map((job) => job.permissions ?? {})];
    const others = granted.flatMap(Object.entries).filter((entry) => entry.join(': ') !== 'contents: read');
    expect(others).toEqual([]);
    const actions = [...source(file).matchAll(/uses: (.+)/g)].map(([, action = '']) => action);
    expect(actions).not.toEqual([]);
    const isPinned = (action: string) => /^actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action);
    expect(actions.filter((action) => !isPinned(action))).toEqual([]);
  },
);

it('the tests run as the READMEs say, on every supported Node, and what is shipped is audited', () => {
  const { jobs } = workflow('test.yml');
  expect(jobs.test?.strategy?.matrix.node).toEqual([20, 22, 24]);
  const [, , command, audit] = jobs.test?.steps ?? [];
  for (const readme of ['README.md', 'README.es.md'])
    expect(read(readme)).toContain(`\`\`\`sh\n${command?.run}\n\`\`\``);
  expect(read('.ci/run')).toContain(`\n${command?.run}\n`);
  expect(audit?.run).toBe('npm audit --omit=dev');
});

it.each([
  ['preview.yml', 'preview', 'npm run push -- --snapshot preview '],
  ['release.yml', 'push', 'npm run push -- '],
  ['release.yml', 'promote', 'npx zapier-platform promote '],
])('%s, job %s: for every brand that has a key, and nothing without one', (name, job, command) => {
  const { strategy, steps = [] } = workflow(name).jobs[job] ?? {};
  expect(strategy?.matrix.include).toEqual([
    { brand: '', secret: 'ZAPIER_DEPLOY_KEY', app: '.zapierapprc' },
    ...Object.keys(brands).map((brand) => ({
      brand,
      secret: `ZAPIER_DEPLOY_KEY_${brand.toUpperCase()}`,
      app: `.zapierapprc.${brand}`,
    })),
  ]);
  const [key, ...others] = steps;
  expect(key?.run).toContain('echo "Nothing is done: the repository has no secret');
  expect(others.filter((step) => step.if !== 'steps.key.outputs.given')).toEqual([]);
  // Only the upload step gets the deploy key, because install scripts of packages could steal it.
  const secret = ['$', '{{ secrets[matrix.secret] }}'].join('');
  expect(others.filter(({ env }) => env?.ZAPIER_DEPLOY_KEY === secret).map(({ run }) => run)).toEqual([
    expect.stringContaining(command),
  ]);
});

it('a fork uploads nothing, a preview follows green tests of main alone, and a release waits for approval', () => {
  const { jobs, on } = workflow('preview.yml');
  for (const condition of [
    '!github.event.repository.fork',
    "conclusion == 'success'",
    "event == 'push'",
    'head_repository.full_name == github.repository',
  ])
    expect(jobs.preview?.if).toContain(condition);
  expect(on).toEqual({ workflow_run: { workflows: ['test'], types: ['completed'], branches: ['main'] } });
  const { jobs: release, on: tags } = workflow('release.yml');
  expect(tags).toEqual({ push: { tags: ['v*'] } });
  expect(release.test?.if).toContain('!github.event.repository.fork');
  expect(release.push?.needs).toBe('test');
  expect(release.promote).toMatchObject({ needs: 'push', environment: 'release' });
  expect(release.test?.steps.map(({ run }) => run)).toContain('npm run release-check -- "$GITHUB_REF_NAME"');
});

it.each([
  [`v${packageJson.version}`, 0],
  ['v9.9.9', 1],
])('npm run release-check takes the tag of the version alone: %s', async (tag, code) => {
  expect(await runScript('scripts/release-check.ts', [tag])).toMatchObject({ code });
});

const tests = globSync('test/**/*.test.ts').map((file) => `/${file}`);
it.each([...slowTests, ...longestTests])('jest.config.ts names tests that there are: %s', (pattern) => {
  expect(tests.filter((file) => new RegExp(pattern).test(file))).not.toEqual([]);
});
