import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { channel, fill, open, run, sampleId } from './open.ts';

const rows = (page: Page) => page.locator('#history-rows li');

/** A request of a program that is not the console. */
const curl = () =>
  fetch(`${channel.sandbox.url}/api/v1/contact/${sampleId}`, {
    headers: { Authorization: `Bearer ${channel.sandbox.token}` },
  });

describe('the list of requests', () => {
  it('lasts over steps and a reload, and is filtered by step', async () => {
    const page = await open('searches.find_contact_by_id');
    await fill(page, { contact_id: sampleId });
    await run(page);
    await page.locator('#history-rows', { hasText: 'Find Contact by ID' }).waitFor();
    await curl();
    await page.locator('#history-rows', { hasText: 'Other programs' }).waitFor();
    await page.getByRole('link', { name: 'Send Message', exact: true }).click();
    await page.getByRole('heading', { name: 'Send Message', exact: true }).waitFor();
    // The console tested its connection when it started.
    expect(await page.locator('#history-rows .origin').allInnerTexts()).toEqual([
      expect.stringContaining('Other programs'),
      expect.stringContaining('Find Contact by ID'),
      expect.stringContaining('Connection'),
    ]);
    await page.selectOption('#history-step', 'Find Contact by ID');
    await rows(page).nth(1).waitFor({ state: 'detached' });
    expect(await rows(page).innerText()).toContain(`GET /api/v1/contact/${sampleId}`);
    await page.reload();
    expect(await rows(page).count()).toBe(1);
    await rows(page).locator('summary').click();
    await rows(page).locator('pre', { hasText: 'authorization: Bearer ***' }).waitFor();
  });

  it('holds the last hundred', async () => {
    const page = await open('connection');
    for (let requests = 0; requests < 105; requests += 1) await curl();
    await page.locator('#request-106').waitFor();
    expect(await rows(page).count()).toBe(100);
  });
});

/** How far below the upper edge of what scrolls a part begins, in pixels. */
const offsetOf = (page: Page, part: string) =>
  page.locator(part).evaluate((element) => element.getBoundingClientRect().top);

describe.each([1440, 1024, 390])('a result at %i pixels', (width) => {
  it('scrolls into view, takes the focus and is announced, and so does an error', async () => {
    const page = await open('creates.create_contact', width);
    await fill(page, { firstName: 'Ana' });
    await page.click('#run');
    await page.locator('#report-title:focus').waitFor();
    expect(await offsetOf(page, '#report')).toBeGreaterThanOrEqual(0);
    expect(await offsetOf(page, '#report')).toBeLessThan(450);
    await page.locator('#announcement', { hasText: 'Success' }).waitFor({ state: 'attached' });
    channel.sandbox.failNext(1, { status: 500 });
    await page.locator('#run').scrollIntoViewIfNeeded();
    await page.click('#run');
    await page.locator('.report.bad #report-title:focus').waitFor();
    expect(await offsetOf(page, '#report')).toBeGreaterThanOrEqual(0);
    expect(await offsetOf(page, '#report')).toBeLessThan(450);
    expect(await page.locator('#announcement').innerText()).toMatch(/^Error\. .*status 500/);
  });
});

it('a failed test of a trigger or a connection says nothing of Zaps that go on', async () => {
  const page = await open('triggers.new_contact');
  await fill(page, { field_name: 'subscribed', field_values: 'TRUE' });
  channel.sandbox.failNext(1, { status: 500 });
  expect((await run(page)).text).toContain('Zapier shows this to whoever tests the trigger. No Zap has run.');
});
