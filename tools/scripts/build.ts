import { parseArgs } from 'node:util';
import { build, type Plugin } from 'esbuild';
import packageJson from '../../package.json' with { type: 'json' };
import { brands } from '../../src/connection/brands.ts';

// Bundles the integration into index.js, and what it imports only when it is needed into files beside it.
// Core stays external: Zapier's Lambda wrapper imports it too.
// The platform's build and push run this without flags, so a brand can also be given as CHANNEL_BRAND.

const { values } = parseArgs({
  options: {
    brand: { type: 'string', default: process.env.CHANNEL_BRAND ?? '' },
    outdir: { type: 'string', default: 'dist' },
  },
});

if (values.brand !== '' && !Object.hasOwn(brands, values.brand)) {
  console.error(`There is no brand "${values.brand}". The brands are: ${Object.keys(brands).join(', ')}.`);
  process.exit(1);
}

/** Of package.json the integration needs its version, not the list of our tools. */
const versionOnly: Plugin = {
  name: 'version-only',
  setup({ onLoad }) {
    const contents = JSON.stringify({ version: packageJson.version });
    onLoad({ filter: /package\.json$/ }, () => ({ contents, loader: 'json' }));
  },
};

await build({
  entryPoints: ['index.ts'],
  bundle: true,
  splitting: true,
  // Named by their module: a hash would leave the files of earlier builds beside the new one.
  chunkNames: '[name]',
  platform: 'node',
  format: 'esm',
  target: 'node22',
  external: ['zapier-platform-core'],
  define: { 'process.env.CHANNEL_BRAND': JSON.stringify(values.brand) },
  outdir: values.outdir,
  plugins: [versionOnly],
  charset: 'utf8',
  // Names stay readable, and lines short enough for a stack trace; comments and indentation are left out.
  minifyWhitespace: true,
  lineLimit: 200,
  logLevel: 'warning',
});
