import { build, type Plugin } from 'esbuild';
import * as schema from 'zod';
import packageJson from '../../package.json' with { type: 'json' };
import { brands } from '../../src/connection/brands.ts';
import { readFlags } from './flags.ts';

// Bundles the integration into one file. Core stays external: Zapier's Lambda wrapper imports it too.
// The platform's build and push run this without flags, so a brand can also be given as CHANNEL_BRAND.
const brandFlag = schema.enum(Object.keys(brands)).optional();
const { brand = '', outfile } = readFlags({
  command: 'npm run build',
  does: 'Bundles the integration into one file.',
  flags: schema.object({
    brand: (process.env.CHANNEL_BRAND ? brandFlag.prefault(process.env.CHANNEL_BRAND) : brandFlag).meta({
      description: 'builds for one brand, whose platform is not asked for',
    }),
    outfile: schema
      .string()
      .default('dist/index.js')
      .meta({ value: 'FILE', description: 'the file to write' }),
  }),
  example: '--brand bony --outfile build/bony.js',
});

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
  platform: 'node',
  format: 'esm',
  target: 'node22',
  external: ['zapier-platform-core'],
  define: { 'process.env.CHANNEL_BRAND': JSON.stringify(brand) },
  outfile,
  plugins: [versionOnly],
  charset: 'utf8',
  logLevel: 'warning',
});
