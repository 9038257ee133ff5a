import packageJson from '../../package.json' with { type: 'json' };

// Only Zapier can say whether a version may be released, to whoever is logged in. This says what to ask, in which order.
console.log(`Before version ${packageJson.version} is released, run:

  npm test                        all checks that this machine can make
  npx zapier-platform login       unless you are logged in
  npx zapier-platform validate    Zapier's own checks: no errors, no publishing tasks
  npx zapier-platform versions    who uses which version

More: docs/deploying.md`);
