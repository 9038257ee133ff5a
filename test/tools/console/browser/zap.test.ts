import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { channel, fill, open, run } from './open.ts';

async function switchOn(): Promise<Page> {
  const page = await open('triggers.new_contact');
  await fill(page, { field_name: 'subscribed', field_values: ['TRUE', 'FALSE'] });
  await page.click('#zap-switch');
  await page.locator('#poll-1').waitFor();
  return page;
}

const score = (page: Page) => page.locator('.score dd').allInnerTexts();

/** Polls once, and returns that poll's line. */
async function poll(page: Page): Promise<string> {
  const before = await page.locator('.polls > li').count();
  await page.click('#zap-poll');
  const line = page.locator(`#poll-${before + 1} > details > summary`);
  await line.waitFor();
  return line.innerText();
}

/** Polls until every added contact has started the Zap, and returns how often it started meanwhile. */
async function pollUntilFound(page: Page): Promise<number> {
  let started = 0;
  for (let polls = 0; polls < 10 && (await page.locator('.score .open').count()) > 0; polls += 1) {
    const text = await poll(page);
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
  it('starts the Zap once for each new contact, in a burst and by itself, and says what it watches', async () => {
    const page = await switchOn();
    expect(await page.locator('#poll-1').innerText()).toContain('Recorded');
    expect(await poll(page)).toMatch(/Nothing new\s+\d+ requests?, \d+ ms/);
    await addBurst(page, 25);
    expect(await pollUntilFound(page)).toBe(25);
    expect(await score(page)).toEqual(['25', '0', '25']);
    expect(await poll(page)).toContain('Nothing new');
    await page.reload();
    expect(await page.locator('#zap .pairs').innerText()).toBe(
      'Field\nsubscribed\nField Values\nTRUE, FALSE',
    );
    await page.getByLabel('Poll automatically').selectOption('every 2 seconds');
    await page.click('#zap-add');
    await page.getByText('Started the Zap once').waitFor();
    expect(await score(page)).toEqual(['26', '0', '26']);
  });

  it('asks for required fields, stays off if the first poll fails, and can be switched off', async () => {
    const page = await open('triggers.new_contact');
    await page.click('#zap-switch');
    await page.locator('#field-field_name:invalid:focus').waitFor();
    await fill(page, { field_name: 'subscribed', field_values: 'nobody' });
    expect((await run(page)).text).toContain('No contact has this value yet.');
    channel.sandbox.failNext(1, { status: 401 });
    await page.click('#zap-switch');
    await page.locator('#zap .failure', { hasText: 'asks its owner to connect the channel again' }).waitFor();
    expect(await page.locator('#zap-switch').innerText()).toBe('Switch on');
    await page.click('#zap-switch');
    await page.locator('#poll-1').waitFor();
    await page.click('#zap-switch');
    await page.getByText('Switch on', { exact: true }).waitFor();
  });
});

it('Updated Contact is started by the contact of its example each time that it is changed', async () => {
  const page = await open('triggers.updated_contact');
  await page.click('#example');
  await page.locator('#field-watched_fields option[value=tags]:checked').waitFor({ state: 'attached' });
  await page.click('#zap-switch');
  await page.locator('#poll-1').waitFor();
  const [newest] = channel.sandbox.store.list({ limit: 1 });
  const tags = page.locator('#conversation .tag');
  const before = await tags.count();
  for (const times of [1, 2]) {
    await page.click('#zap-change');
    await tags.nth(before + times - 1).waitFor();
    expect(await poll(page)).toContain('Started the Zap once');
    expect(await score(page)).toEqual([String(times), '0', String(times)]);
  }
  expect(channel.sandbox.store.get(newest?.id ?? '')?.tags).toHaveLength(before + 2);
});
