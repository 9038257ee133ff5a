import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type Console, startConsole } from '../../../../tools/console/server.ts';
import { type Sandbox, startSandbox } from '../../../../tools/sandbox/server.ts';
import { launchChromium } from '../../../../tools/scripts/chromium.ts';
import { loadBuiltIntegration } from '../../../../tools/zapier/runner.ts';

let browser: Browser;
let sandbox: Sandbox;
let opened: Console;
let context: BrowserContext | undefined;
let complaints: string[] = [];
let allowed: RegExp | undefined;

beforeAll(async () => {
  browser = await launchChromium();
});

beforeEach(async () => {
  sandbox = await startSandbox({ contacts: 12, rateLimits: false });
  opened = await startConsole({ sandbox, integration: await loadBuiltIntegration(), pause: 50 });
});

// A test fails if its page complains about its policy, its scripts, or a file that it cannot load.
afterEach(async () => {
  await context?.close();
  context = undefined;
  // If a start failed, one or both of these are undefined. Only the start's own error should then be shown.
  await opened?.close();
  await sandbox?.close();
  const unexpected = complaints.filter((complaint) => !allowed?.test(complaint));
  complaints = [];
  allowed = undefined;
  expect(unexpected).toEqual([]);
});

afterAll(async () => {
  await browser?.close();
});

/** The running sandbox and console of a test. */
export const channel = {
  get sandbox() {
    return sandbox;
  },
  get url() {
    return opened.url;
  },
};

/** Allows a complaint that the test provokes, until that test ends. */
export function allowComplaint(complaint: RegExp): void {
  allowed = complaint;
}

/** Opens the page of a step, 1,440 pixels wide by default. */
export async function open(step: string, width = 1440): Promise<Page> {
  context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: 'light' });
  // This limit is shorter than Jest's, because only Playwright's error says what the test waited for.
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(`${opened.url}/?step=${step}`);
  return page;
}

/** Fills in one field. If its dropdown does not offer the value, types it under "Another value…". */
async function fillOne(page: Page, id: string, value: string): Promise<void> {
  const field = page.locator(id);
  if ((await field.evaluate(({ tagName }) => tagName)) === 'SELECT') {
    const offered = await field.locator('option').allInnerTexts();
    await field.selectOption({ label: offered.includes(value) ? value : 'Another value…' });
    if (offered.includes(value)) return;
  }
  await page.locator(`${id}:not(select)`).fill(value);
}

/** Fills in fields by their keys. A list takes as many rows as it needs. */
export async function fill(page: Page, inputs: Record<string, string | string[]>): Promise<void> {
  // Some values and a new row redraw the fields, and anything typed meanwhile would be lost.
  const drawing = page.locator('#fields .htmx-request').first();
  for (const [key, input] of Object.entries(inputs)) {
    for (const [row, value] of [input].flat().entries()) {
      if (row > 0) await page.click(`#field-${key}-add`);
      await fillOne(page, row > 0 ? `#field-${key}-${row}` : `#field-${key}`, value);
      await drawing.waitFor({ state: 'detached' });
    }
  }
}

/** Presses the form's button, and returns the title and text of the report. */
export async function run(page: Page): Promise<{ title: string; text: string }> {
  await page.locator('#report').evaluate((report) => report.replaceChildren());
  await page.click('#run');
  const report = page.locator('.report').waitFor();
  await report.catch(async (cause: unknown) => {
    const form = await page.locator('#step-form').ariaSnapshot();
    throw new Error(`No report came. The form is:\n${form}`, { cause });
  });
  return {
    title: await page.locator('#report-title').innerText(),
    text: await page.locator('.report').innerText(),
  };
}

/** The ID of the oldest contact, which the samples of the API's documentation use. */
export const sampleId = '1776025372480910';
