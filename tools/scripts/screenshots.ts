import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { sampleFields } from '../console/sample-contacts.ts';
import { type Console, startConsole } from '../console/server.ts';
import { type Sandbox, startSandbox } from '../sandbox/server.ts';
import { loadBuiltIntegration } from '../zapier/runner.ts';
import { launchChromium } from './chromium.ts';
import { script } from './flags.ts';

const { docs } = script(
  'npm run screenshots',
  'Takes pictures of the console on a large screen, a small one and a phone, light and dark, and writes them to build/screenshots/.',
)
  .option('--docs', 'takes the one that the README shows, and writes it to docs/images/')
  .parse()
  .opts();

// Ctrl-C also ends Chromium, so whatever waits for it would print a stack. Exiting first avoids that; Playwright cleans up.
process.once('SIGINT', () => process.exit(130));

const integration = await loadBuiltIntegration();
const browser = await launchChromium();

const now = Math.floor(Date.now() / 1000);
const tags = [
  ['VIP', 'Newsletter'],
  ['Lead'],
  [],
  ['Wholesale'],
  ['Lead', 'Newsletter'],
  [],
  ['VIP'],
  ['Lead'],
];

/** Starts a sandbox with contacts, and its console. */
async function start(): Promise<{ sandbox: Sandbox; opened: Console }> {
  const sandbox = await startSandbox({ contacts: 0 });
  for (const [number, names] of tags.entries()) {
    const custom_fields = sampleFields(number + 2);
    sandbox.store.add({ custom_fields, tags: names, created_at: now - (8 - number) * 50_000 });
  }
  return { sandbox, opened: await startConsole({ sandbox, integration }) };
}

const status = (page: Page, text: string) =>
  page.locator('#recipe-run [role=status]', { hasText: text }).waitFor();

/** Waits until the conversation shows the order's picture. */
async function pictureShown(page: Page): Promise<void> {
  const picture = page.locator('#conversation img').last();
  await picture.waitFor();
  await picture.evaluate((img) => Reflect.apply(Reflect.get(img, 'decode'), img, []));
}

async function runRecipe(page: Page): Promise<void> {
  await page.click('#run-recipe-6');
  await status(page, 'Done');
  await pictureShown(page);
}

/** The scenes, by the names of their pictures. Each function starts from the front page. */
const scenes: Record<string, (page: Page, sandbox: Sandbox) => Promise<void>> = {
  front: async () => undefined,
  running: async (page) => {
    await page.click('#run-recipe-1');
    await page.locator('#ran-3').waitFor();
  },
  recipe: runRecipe,
  error: async (page, sandbox) => {
    sandbox.failNext(1, { status: 401 });
    await page.click('#run-recipe-2');
    await status(page, 'Stopped');
  },
  conversation: async (page) => {
    await runRecipe(page);
    await page.locator('#conversation').evaluate((conversation) => conversation.scrollIntoView());
  },
};
const sizes = [
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const;

async function save(page: Page, file: string): Promise<void> {
  const path = fileURLToPath(new URL(`../../${file}`, import.meta.url));
  await page.mouse.move(0, 0);
  if (path.endsWith('.webp')) {
    // WebP is a quarter of a PNG's size. Playwright has no option for it, but Chromium's protocol has.
    const session = await page.context().newCDPSession(page);
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 80 });
    await writeFile(path, Buffer.from(data, 'base64'));
  } else {
    await mkdir(new URL('../../build/screenshots/', import.meta.url), { recursive: true });
    await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  }
  await page.close();
  console.log(path);
}

/** Prepares a scene on its own sandbox and takes its picture. */
async function take(
  scene: string,
  [width, height]: readonly [number, number],
  colorScheme: 'light' | 'dark',
  file: string,
): Promise<void> {
  const { sandbox, opened } = await start();
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  await page.goto(opened.url);
  await scenes[scene]?.(page, sandbox);
  await save(page, file);
  await opened.close();
  await sandbox.close();
}

if (docs) {
  await take('recipe', sizes[0], 'light', 'docs/images/recipe.webp');
} else {
  for (const scene of Object.keys(scenes)) {
    for (const size of sizes) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await take(scene, size, colorScheme, `build/screenshots/${scene}-${size[0]}-${colorScheme}.png`);
      }
    }
  }
}

await browser.close();
