import { globSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { useConsole } from './use-console.ts';

const running = useConsole();

it('the page loads only what there is, each as its type', async () => {
  const page = await (await fetch(running().url)).text();
  const paths = [...page.matchAll(/(?:src|href)="(\/[^"?]+\.(\w+))"/g)];
  const types: Record<string, string> = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' };
  for (const [, path = '', extension = ''] of paths) {
    const { status, headers } = await fetch(`${running().url}${path}`);
    expect({ path, status, type: headers.get('content-type')?.split(';')[0] }).toEqual({
      path,
      status: 200,
      type: types[extension],
    });
  }
  expect(paths).toHaveLength(4);
});

it('every style sheet is part of the one that the page loads', async () => {
  const style = await (await fetch(`${running().url}/style.css`)).text();
  const files = globSync('tools/console/public/*.css');
  for (const file of files) expect(style).toContain(readFileSync(file, 'utf8'));
  expect(files.length).toBeGreaterThan(3);
});
