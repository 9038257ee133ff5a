import { appendFileSync, readFileSync } from 'node:fs';
import { build, type Plugin } from 'esbuild';
import * as schema from 'zod';
import packageJson from '../../package.json' with { type: 'json' };
import { brands } from '../../src/connection/brands.ts';
import { readFlags } from './flags.ts';

// Bundles the integration into index.js, and what it imports only when it is needed into files beside it.
// Core stays external: Zapier's Lambda wrapper imports it too.
// The platform's build and push run this without flags, so a brand can also be given as CHANNEL_BRAND.
const brandFlag = schema.enum(Object.keys(brands)).optional();
const { brand = '', outdir } = readFlags({
  command: 'npm run build',
  does: 'Bundles the integration into index.js, and into files beside it what only some runs need.',
  flags: schema.object({
    brand: (process.env.CHANNEL_BRAND ? brandFlag.prefault(process.env.CHANNEL_BRAND) : brandFlag).meta({
      description: 'builds for one brand, whose platform is not asked for',
    }),
    outdir: schema.string().default('dist').meta({ value: 'FOLDER', description: 'the folder to write to' }),
  }),
  example: '--brand bony --outdir build/bony',
});

/** Of package.json the integration needs its version, not the list of our tools. */
const versionOnly: Plugin = {
  name: 'version-only',
  setup({ onLoad }) {
    const contents = JSON.stringify({ version: packageJson.version });
    onLoad({ filter: /package\.json$/ }, () => ({ contents, loader: 'json' }));
  },
};

const { metafile } = await build({
  entryPoints: ['index.ts'],
  bundle: true,
  splitting: true,
  // Named by their module: a hash would leave the files of earlier builds beside the new one.
  chunkNames: '[name]',
  platform: 'node',
  format: 'esm',
  target: 'node22',
  external: ['zapier-platform-core'],
  define: { 'process.env.CHANNEL_BRAND': JSON.stringify(brand) },
  outdir,
  plugins: [versionOnly],
  charset: 'utf8',
  // Names stay readable, and lines short enough for a stack trace; comments and indentation are left out.
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 200,
  logLevel: 'warning',
  metafile: true,
});

// Their licences ask that they go with every copy of what is bundled.
for (const [file, { inputs }] of Object.entries(metafile.outputs)) {
  const bundled = Object.keys(inputs).flatMap((path) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []);
  for (const folder of new Set(bundled)) {
    appendFileSync(
      file,
      `\n/*!\n${folder.slice('node_modules/'.length)}\n\n${readFileSync(`${folder}/LICENSE`, 'utf8')}*/\n`,
    );
  }
}

const made = Object.entries(metafile.outputs).map(
  ([file, { bytes }]) => `${file} (${Math.round(bytes / 1000)} kB)`,
);
// Before other scripts it runs as `npm run build --silent`, and only they are to be heard.
if (process.env.npm_config_loglevel !== 'silent') console.log(`Made ${made.sort().join(' and ')}.`);
