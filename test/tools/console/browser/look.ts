import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { channel, fill, open, run, sampleId } from './open.ts';

/** What breaks a rule of axe, or one rule of it, in a part of the page. */
async function violations(page: Page, part: string, rule?: string): Promise<string[]> {
  const axe = new AxeBuilder({ page }).include(part);
  const { violations } = await (rule ? axe.withRules(rule) : axe).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

const overflow = (page: Page) =>
  page.locator('html').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);

/** A page with every kind of message, a result, and the faults panel open. */
async function busyPage(): Promise<Page> {
  const { store } = channel.sandbox;
  const url = `https://example.com/${'very-long-name-'.repeat(12)}`;
  store.send(sampleId, { type: 'text', text: 'Looooong'.repeat(40) });
  for (const type of ['image', 'video', 'audio', 'file'] as const) store.send(sampleId, { type, url });
  store.send(sampleId, { type: 'quick_reply', title: 'When?', replies: ['Now', 'Later'] });
  store.addTags(sampleId, ['a tag of some length '.repeat(6)]);
  const page = await open('creates.remove_tags');
  await page.locator('#faults summary').click();
  await fill(page, { contact_id: sampleId, tags: ['Blog Updates', 'Wide'.repeat(50)] });
  await run(page);
  await page.locator('#conversation summary').first().click();
  await page.locator('.requests summary').click();
  return page;
}

/** The live trigger with a failure above it. */
async function livePage(): Promise<Page> {
  const page = await open('triggers.new_contact');
  await fill(page, { field_name: 'subscribed', field_values: ['TRUE', 'FALSE'] });
  await page.click('#zap-switch');
  await page.locator('#poll-1 > details > summary').click();
  channel.sandbox.failNext(1, { status: 500 });
  await run(page);
  return page;
}

describe('the page', () => {
  it.each([
    ['with every kind of message', busyPage, 'html'],
    ['with the live trigger', livePage, '#left'],
    ['with the connection', () => open('connection'), '#left'],
  ])('%s breaks no rule of accessibility and never scrolls sideways', async (_, prepare, part) => {
    const page = await prepare();
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await violations(page, part)).toEqual([]);
      expect(await overflow(page)).toBe(0);
    }
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violations(page, part, 'color-contrast')).toEqual([]);
  });

  it('works with the keyboard alone', async () => {
    const page = await open('connection');
    const press = (...keys: string[]) =>
      keys.reduce((last, key) => last.then(() => page.keyboard.press(key)), Promise.resolve());
    const focusOn = async (selector: string) => {
      for (let tabs = 0; tabs < 60; tabs += 1) {
        if (await page.locator(`${selector}:focus`).count()) return;
        await press('Tab');
      }
      throw new Error(`${selector} cannot be reached with Tab.`);
    };
    await focusOn('[id="to-creates.send_message"]');
    await press('Enter');
    await page.getByRole('heading', { name: 'Send Message' }).waitFor();
    await focusOn('#field-contact_id');
    await page.keyboard.type(sampleId);
    await focusOn('#field-text');
    await page.keyboard.type('Typed by hand');
    await focusOn('#run');
    await press('Enter');
    await page.locator('#report-title:focus').waitFor();
    await page.locator('.bubble', { hasText: 'Typed by hand' }).waitFor();
    await focusOn('#faults summary');
    await press('Space');
    await focusOn('#faults-set');
    await focusOn('#contacts li:nth-child(2) .contact');
    await press('Enter');
    await page.locator('#contacts li:nth-child(2) .contact[aria-current]').waitFor();
  });
});
