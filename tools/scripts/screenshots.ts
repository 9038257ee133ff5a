import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import * as schema from 'zod';
import { sampleFields } from '../console/sample-contacts.ts';
import { startConsole } from '../console/server.ts';
import { startSandbox } from '../sandbox/server.ts';
import { loadBuiltIntegration } from '../zapier/runner.ts';
import { launchChromium } from './chromium.ts';
import { readFlags } from './flags.ts';

const { docs } = readFlags({
  command: 'npm run screenshots',
  does: 'Takes the pictures of the console, of a page at work, and writes them to build/screenshots/.',
  flags: schema.object({
    docs: schema
      .boolean()
      .default(false)
      .meta({ description: 'writes them to docs/images/, where the README shows them' }),
  }),
  example: '--docs',
});
const folder = new URL(docs ? '../../docs/images/' : '../../build/screenshots/', import.meta.url);

// Ctrl-C also ends Chromium, at which what waits for it would fail first, with a stack. Playwright cleans up at the exit.
process.once('SIGINT', () => process.exit(130));

const sandbox = await startSandbox({ contacts: 0 });
const opened = await startConsole({ sandbox, integration: await loadBuiltIntegration() });
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
const contacts = tags.map((tags, number) =>
  sandbox.store.add({
    custom_fields: sampleFields(number + 2),
    tags,
    created_at: now - (8 - number) * 50_000,
  }),
);
const id = contacts.at(-1)?.id ?? '';

async function open(step: string, width: number, height: number, dark: boolean): Promise<Page> {
  const colorScheme = dark ? 'dark' : 'light';
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  await page.goto(`${opened.url}/?step=${step}&contact=${id}`);
  return page;
}

async function save(page: Page, name: string): Promise<void> {
  const path = fileURLToPath(new URL(`${name}.png`, folder));
  await page.mouse.move(0, 0);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  await page.close();
  console.log(path);
}

/** Fills in the example for a type of message and sends it. */
async function send(page: Page, type: string, key: string): Promise<void> {
  await page.locator('#report').evaluate((report) => report.replaceChildren());
  await page.selectOption('#field-message_type', type);
  await page.locator(`#field-${key}`).waitFor();
  await page.click('#example');
  await page.locator(`#field-${key}`).and(page.locator(':not(:placeholder-shown), textarea')).waitFor();
  await page.click('#run');
  await page.locator('.report').waitFor();
}

/** The front page with a recipe that has run. */
async function runRecipe(number: number, dark: boolean): Promise<Page> {
  const page = await open('start', 1440, 900, dark);
  await page.click(`#run-recipe-${number}`);
  await page.locator('#recipe-run [role=status]', { hasText: 'Done' }).waitFor();
  await page.locator('#conversation .bubbles li').first().waitFor();
  return page;
}

await save(await runRecipe(6, false), 'recipe-light');
await save(await runRecipe(5, true), 'recipe-dark');

const messages = await open('creates.send_message', 1440, 900, false);
await send(messages, 'text', 'text');
await send(messages, 'image', 'url');
await send(messages, 'whatsapp_template', 'template_text');
await send(messages, 'quick_reply', 'title');
await messages.locator('#report').evaluate((report) => report.scrollIntoView({ block: 'end' }));
await save(messages, 'console-light');

const live = await open('triggers.new_contact', 1440, 900, true);
await live.click('#example');
await live.locator('#field-field_values-1').waitFor();
await live.click('#zap-switch');
await live.locator('#poll-1').waitFor();
await live.getByLabel('Failures').check();
await live.click('#zap-burst');
await live.locator('.score .open').waitFor();
for (const number of [2, 3, 4]) {
  await live.click('#zap-poll');
  await live.locator(`#poll-${number}`).waitFor();
}
await live.locator('#zap').evaluate((zap) => zap.scrollIntoView());
await save(live, 'console-dark');

const phone = await open('creates.send_message', 390, 844, false);
await phone.locator('#conversation').scrollIntoViewIfNeeded();
await phone.locator('#conversation').evaluate((conversation) => conversation.scrollIntoView());
await save(phone, 'console-phone');

await browser.close();
await opened.close();
await sandbox.close();
