import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { brands } from '../src/brands.ts';

// Bundles the integration into one file. Core stays external: Zapier's Lambda wrapper imports it too.
// The platform's build and push run this without flags, so a brand can also be given as CHANNEL_BRAND.

const { values } = parseArgs({
  options: {
    brand: { type: 'string', default: process.env.CHANNEL_BRAND ?? '' },
    outfile: { type: 'string', default: 'dist/index.js' },
  },
});

if (values.brand !== '' && !Object.hasOwn(brands, values.brand)) {
  console.error(`There is no brand "${values.brand}". The brands are: ${Object.keys(brands).join(', ')}.`);
  process.exit(1);
}

await build({
  entryPoints: ['index.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  external: ['zapier-platform-core'],
  define: { 'process.env.CHANNEL_BRAND': JSON.stringify(values.brand) },
  outfile: values.outfile,
  logLevel: 'warning',
});
