import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { Hono } from 'hono';

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const styles = ['base', 'layout', 'step', 'channel'];

/** The files that the page loads, by URL. Several files are joined in this order. */
const assetFiles: Record<string, string[]> = {
  '/style.css': styles.map((name) => `public/${name}.css`),
  '/icon.svg': ['public/icon.svg'],
  '/picture.svg': ['public/picture.svg'],
  '/htmx.js': ['../../node_modules/htmx.org/dist/htmx.min.js'],
  '/htmx-sse.js': ['../../node_modules/htmx.org/dist/ext/hx-sse.min.js'],
};

/** Serves the files that the page loads. They are read for every request, so that styles can be edited meanwhile. */
export const assets = new Hono();
for (const [path, files] of Object.entries(assetFiles)) {
  assets.get(path, async (c) => {
    const parts = await Promise.all(files.map((file) => readFile(new URL(file, import.meta.url), 'utf8')));
    return c.body(parts.join('\n'), 200, {
      'Content-Type': types[extname(path)] ?? 'text/plain',
      'Cache-Control': 'no-cache',
    });
  });
}
