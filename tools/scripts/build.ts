import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { build as bundle, type Plugin } from 'esbuild';
import packageJson from '../../package.json' with { type: 'json' };
import { brandFlag, script } from './flags.ts';

/** Keeps only the version of package.json: the integration does not need the list of development packages. */
const versionOnly = (version: string): Plugin => ({
  name: 'version-only',
  setup({ onLoad }) {
    onLoad({ filter: /package\.json$/ }, () => ({ contents: JSON.stringify({ version }), loader: 'json' }));
  },
});

/** Returns the licences of bundled packages as comments, because they have to accompany every copy. */
function licencesOf(inputs: string[]): Buffer[] {
  const folders = inputs.flatMap((path) => /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []);
  return [...new Set(folders)].map((folder) => {
    const licence = readFileSync(`${folder}/LICENSE`, 'utf8');
    return Buffer.from(`\n/*!\n${folder.replace(/^.*node_modules\//, '')}\n\n${licence}*/\n`);
  });
}

/**
 * Bundles the integration, or one brand's, into `index.js`; dynamic imports get their own files beside it. Core stays
 * external, because Zapier's Lambda wrapper imports it too. Returns the bytes of each file.
 */
export async function build(
  brand = '',
  outdir = 'dist',
  version = packageJson.version,
): Promise<Record<string, number>> {
  const { metafile, outputFiles } = await bundle({
    entryPoints: ['index.ts'],
    bundle: true,
    splitting: true,
    // Chunks are named by their module. A hash would leave the files of earlier builds beside the new ones.
    chunkNames: '[name]',
    platform: 'node',
    format: 'esm',
    target: 'node22',
    external: ['zapier-platform-core'],
    define: { 'process.env.CHANNEL_BRAND': JSON.stringify(brand) },
    outdir,
    plugins: [versionOnly(version)],
    charset: 'utf8',
    // Names stay readable, and lines short enough for a stack trace; comments and indentation are left out.
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 200,
    logLevel: 'warning',
    metafile: true,
    write: false,
  });
  const made: Record<string, number> = {};
  for (const { path, contents } of outputFiles) {
    const file = relative(process.cwd(), path);
    const text = Buffer.concat([contents, ...licencesOf(Object.keys(metafile.outputs[file]?.inputs ?? {}))]);
    made[file] = text.length;
    // An unchanged file is not written, because another process may be reading it.
    if (existsSync(path) && readFileSync(path).equals(text)) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return made;
}

if (import.meta.main) {
  const { brand, outdir } = script(
    'npm run build',
    'Makes the integration: index.js and the files that it loads.',
  )
    .addOption(brandFlag())
    .option('--outdir <folder>', 'the folder to write to', 'dist')
    .parse()
    .opts();
  const made = Object.entries(await build(brand, outdir)).map(
    ([file, bytes]) => `${file} (${Math.round(bytes / 1000)} kB)`,
  );
  // Other scripts run it first with `--silent`, so that only their own output is printed.
  if (process.env.npm_config_loglevel !== 'silent') console.log(`Made ${made.sort().join(' and ')}.`);
}
