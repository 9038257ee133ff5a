import { readFileSync } from 'node:fs';
import packageJson from '../../package.json' with { type: 'json' };
import { script } from './flags.ts';

const { version } = packageJson;
const [tag] = script('npm run release-check', 'Says what to run before a release.')
  .argument('[tag]', 'fails if this is not the tag of the version that package.json and CHANGELOG.md name')
  .parse().processedArgs;

const isNamed = readFileSync('CHANGELOG.md', 'utf8').includes(`\n## ${version}\n`);
if (!isNamed || (tag !== undefined && tag !== `v${version}`)) {
  console.error(
    `package.json has the version ${version}: CHANGELOG.md must have a section "## ${version}", and the tag must be v${version}.`,
  );
  process.exitCode = 1;
} else if (tag === undefined) {
  // Only Zapier knows whether a version may be released, and it tells only someone who is logged in.
  console.log(`Before version ${version} is released, run:

  npm test                                   all checks that this machine can make
  npx zapier-platform login                  unless you are logged in
  npx zapier-platform validate               Zapier's own checks: no errors, no publishing tasks
  npm run push                               uploads the version
  npx zapier-platform promote ${version}          makes it the one that new Zaps get

More: docs/deploying.md`);
}
