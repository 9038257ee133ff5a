import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { channel, fill, open } from './open.ts';

async function switchOn(): Promise<Page> {
  const page = await open('triggers.new_contact');
  await fill(page, { field_name: 'subscribed', field_values: ['TRUE', 'FALSE'] });
  await page.click('#zap-switch');
  await page.locator('#poll-1').waitFor();
  return page;
}

const score = (page: Page) => page.locator('.score dd').allInnerTexts();

/** Lets the Zap look once, and gives what it says about that. */
async function look(page: Page): Promise<string> {
  const before = await page.locator('.polls > li').count();
  await page.click('#zap-poll');
  const poll = page.locator(`#poll-${before + 1} > details > summary`);
  await poll.waitFor();
  return poll.innerText();
}

/** Lets the Zap look until it has caught all, and gives how often it was started meanwhile. */
async function catchAll(page: Page): Promise<number> {
  let started = 0;
  for (let looks = 0; looks < 10 && (await page.locator('.score .open').count()) > 0; looks += 1) {
    const text = await look(page);
    started += /Started the Zap once/.test(text) ? 1 : Number(/Started the Zap (\d+)/.exec(text)?.[1] ?? 0);
  }
  return started;
}

async function addBurst(page: Page, count: number): Promise<void> {
  await page.getByLabel('Contacts in a burst').fill(String(count));
  await page.click('#zap-burst');
  await page.locator('.score .open dd', { hasText: String(count) }).waitFor();
}

describe('the trigger, live', () => {
  it('starts the Zap once for each of a burst, and for nothing that was there before', async () => {
    const page = await switchOn();
    expect(await page.locator('#poll-1').innerText()).toContain('Learned');
    expect(await look(page)).toMatch(/Nothing new\s+\d+ requests?, \d+ ms/);
    await addBurst(page, 25);
    expect(await catchAll(page)).toBe(25);
    expect(await score(page)).toEqual(['25', '25', '0']);
    expect(await look(page)).toContain('Nothing new');
  });

  it('looks by itself, and one contact is caught', async () => {
    const page = await switchOn();
    await page.getByLabel('Look by itself').selectOption('every 2 seconds');
    await page.click('#zap-add');
    await page.getByText('Started the Zap once').waitFor();
    expect(await score(page)).toEqual(['1', '1', '0']);
  });

  it('loses nothing with memory loss and failures', async () => {
    const page = await switchOn();
    await page.getByLabel('Memory loss').check();
    const saved = page.waitForResponse(
      (response) => response.request().postData()?.includes('fails=on') === true,
    );
    await page.getByLabel('Failures').check();
    await saved;
    await addBurst(page, 30);
    expect(await look(page)).toContain('Error');
    expect(await catchAll(page)).toBe(30);
    expect(await score(page)).toEqual(['30', '30', '0']);
    expect(await look(page)).toContain('Error');
    expect(await look(page)).toContain('Nothing new');
  });

  it('stays off while its first look fails, and says why', async () => {
    channel.sandbox.failNext(1, { status: 401 });
    const page = await open('triggers.new_contact');
    await fill(page, { field_name: 'subscribed', field_values: 'TRUE' });
    await page.click('#zap-switch');
    await page.locator('#zap .failure', { hasText: 'asks its owner to connect the channel again' }).waitFor();
    expect(await page.locator('#zap-switch').innerText()).toBe('Switch on');
  });

  it('is asked for its required fields, and switches off', async () => {
    const page = await open('triggers.new_contact');
    await page.click('#zap-switch');
    await page.locator('#field-field_name:invalid:focus').waitFor();
    await fill(page, { field_name: 'subscribed', field_values: 'TRUE' });
    await page.click('#zap-switch');
    await page.locator('#poll-1').waitFor();
    await page.click('#zap-switch');
    await page.getByText('Switch on', { exact: true }).waitFor();
  });
});
