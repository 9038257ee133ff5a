import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import * as schema from 'zod';
import packageJson from '../../package.json' with { type: 'json' };
import { brands } from '../../src/connection/brands.ts';
import { runScript } from '../support/script.ts';

const read = (path: string) => readFileSync(path, 'utf8');
const text = schema.string().optional();
const texts = schema.record(schema.string(), schema.unknown());
const step = schema.object({ if: text, uses: text, run: text, env: texts.optional() });
const job = schema.object({
  if: text,
  needs: text,
  environment: text,
  permissions: texts.optional(),
  strategy: schema
    .object({
      matrix: schema.object({ include: schema.unknown().optional(), node: schema.unknown().optional() }),
    })
    .optional(),
  steps: schema.array(step),
});
const workflowSchema = schema.object({
  on: schema.unknown(),
  permissions: texts,
  jobs: schema.record(schema.string(), job),
});
const paths = globSync('.github/workflows/*.yml').sort();
const workflow = (name: string) => workflowSchema.parse(parse(read(`.github/workflows/${name}.yml`)));

describe.each(paths)('%s', (path) => {
  const { permissions, jobs } = workflowSchema.parse(parse(read(path)));
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  it('may read the sources and nothing else, and pins its actions by their commit', () => {
    const granted = [permissions, ...Object.values(jobs).map((job) => job.permissions ?? {})];
    const others = granted.flatMap(Object.entries).filter((entry) => entry.join(': ') !== 'contents: read');
    expect(others).toEqual([]);
    const actions = [...read(path).matchAll(/uses: (.+)/g)].map(([, action = '']) => action);
    expect(actions).not.toEqual([]);
    const isPinned = (action: string) => /^actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action);
    expect(actions.filter((action) => !isPinned(action))).toEqual([]);
  });

  it('runs scripts that there are', () => {
    const commands = steps.map(({ run }) => run).join('\n');
    const named = [...commands.matchAll(/npm run ([\w-]+)/g)].map(([, script]) => script);
    expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(named));
  });
});

it('the tests run as the READMEs say, on every supported Node, and what is shipped is audited', () => {
  const { jobs } = workflow('test');
  expect(jobs.test?.strategy?.matrix.node).toEqual([20, 22, 24]);
  const [, , command, audit] = jobs.test?.steps ?? [];
  for (const readme of ['README.md', 'README.es.md'])
    expect(read(readme)).toContain(`\`\`\`sh\n${command?.run}\n\`\`\``);
  expect(read('.ci/run')).toContain(`\n${command?.run}\n`);
  expect(audit?.run).toBe('npm audit --omit=dev');
});

const uploading = [
  ['preview', 'preview', 'npm run push -- --snapshot preview '],
  ['release', 'push', 'npm run push -- '],
  ['release', 'promote', 'npx zapier-platform promote '],
] as const;

it.each(uploading)(
  '%s.yml, job %s: for every brand that has a key, and nothing without one',
  (name, job, command) => {
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
  },
);

it('a fork uploads nothing, a preview follows green tests of main alone, and a release waits for approval', () => {
  const { jobs, on } = workflow('preview');
  const source = [
    "conclusion == 'success'",
    "event == 'push'",
    'head_repository.full_name == github.repository',
  ];
  for (const part of ['!github.event.repository.fork', ...source]) expect(jobs.preview?.if).toContain(part);
  expect(on).toEqual({ workflow_run: { workflows: ['test'], types: ['completed'], branches: ['main'] } });
  const { jobs: release, on: tags } = workflow('release');
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
