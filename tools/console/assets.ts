import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { Hono } from 'hono';

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The files that the page loads, by their URL. */
const files = {
  '/tokens.css': 'public/tokens.css',
  '/layout.css': 'public/layout.css',
  '/controls.css': 'public/controls.css',
  '/step.css': 'public/step.css',
  '/report.css': 'public/report.css',
  '/recipes.css': 'public/recipes.css',
  '/channel.css': 'public/channel.css',
  '/conversation.css': 'public/conversation.css',
  '/icon.svg': 'public/icon.svg',
  '/picture.svg': 'public/picture.svg',
  '/htmx.js': '../../node_modules/htmx.org/dist/htmx.min.js',
  '/htmx-sse.js': '../../node_modules/htmx.org/dist/ext/hx-sse.min.js',
};

export const stylesheets = Object.keys(files).filter((path) => path.endsWith('.css'));

/** Serves the page's files, each read anew, so that a style can be changed while the console runs. */
export const assets = new Hono();
for (const [path, file] of Object.entries(files)) {
  assets.get(path, async (c) =>
    c.body(await readFile(new URL(file, import.meta.url)), 200, {
      'Content-Type': types[extname(path)] ?? 'text/plain',
      'Cache-Control': 'no-cache',
    }),
  );
}
