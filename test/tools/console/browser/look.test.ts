import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { channel, fill, open, run, sampleId } from './open.ts';
import { overflow, violations } from './rules.ts';

/** Opens a page with every kind of message, a result, and open developer tools. */
async function busyPage(): Promise<Page> {
  const { store } = channel.sandbox;
  const url = `https://example.com/${'very-long-name-'.repeat(12)}`;
  store.send(sampleId, { type: 'text', text: 'Looooong'.repeat(40) });
  for (const type of ['image', 'video', 'audio', 'file'] as const) store.send(sampleId, { type, url });
  store.send(sampleId, { type: 'quick_reply', title: 'When?', replies: ['Now', 'Later'] });
  store.addTags(sampleId, ['a tag of some length '.repeat(6)]);
  const page = await open('creates.remove_tags');
  await page.locator('#tools summary').click();
  await fill(page, { contact_id: sampleId, tags: ['Blog Updates', 'Wide'.repeat(50)] });
  await run(page);
  await page.locator('#conversation summary').first().click();
  await page.locator('.report .requests summary').click();
  return page;
}

/** Opens a trigger that is switched on, with the first poll unfolded and a failed run above it. */
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
    for (const width of [1440, 1024, 390]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await violations(page, part)).toEqual([]);
      expect(await overflow(page)).toBe(0);
    }
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violations(page, part, 'color-contrast')).toEqual([]);
  });

  it.each([1440, 1024, 390])(
    'cuts or wraps long and right-to-left text at %i pixels, and groups numbers',
    async (width) => {
      const { store } = channel.sandbox;
      const name = 'Maximiliana-Konstantina'.repeat(12);
      const { id } = store.add({
        custom_fields: { firstName: name, phone: '+49'.padEnd(60, '1'), [name]: name },
        tags: [
          'a tag of some length '.repeat(6),
          ...Array.from({ length: 30 }, (_, n) => `tag ${n}`),
          'مرحبا',
        ],
      });
      for (let contacts = store.list({ limit: 2000 }).length; contacts < 1234; contacts += 1) store.add();
      store.add({ id: 'rtl', custom_fields: { firstName: 'محمد', phone: '+966501234567' }, tags: ['عميل'] });
      const page = await open('creates.add_tags', width);
      await page.locator('#contacts-told', { hasText: '1,235 contacts, newest first, 50 shown' }).waitFor();
      await page.fill('#search', 'a');
      await page.locator('#contacts-told', { hasText: 'found' }).waitFor();
      const ends = await page
        .locator('.contact time')
        .evaluateAll((times) => times.map((time) => Math.round(time.getBoundingClientRect().right)));
      expect(new Set(ends).size).toBe(1);
      await page.fill('#search', 'Konstantina');
      await page.locator('#contacts-told', { hasText: '1 found' }).waitFor();
      await page.locator('#contacts .contact').click();
      await page.locator('#conversation code', { hasText: id }).waitFor();
      expect(await overflow(page)).toBe(0);
      for (const part of ['#contacts .contact *', '#conversation > header *']) {
        const outside = await page.locator(part).evaluateAll((elements) => {
          const wide = elements.filter((element) => {
            const { left, right } = element.getBoundingClientRect();
            const frame = element.closest('section, .inbox')?.getBoundingClientRect();
            return frame && (left < frame.left - 1 || right > frame.right + 1);
          });
          return { looked: elements.length > 0, wide: wide.map(({ className }) => className) };
        });
        expect({ part, ...outside }).toEqual({ part, looked: true, wide: [] });
      }
      expect(await page.locator('#contacts .contact').innerText()).toContain('and 28 more');
      await page.fill('#search', 'محمد');
      await page.locator('#contacts bdi.name', { hasText: 'محمد' }).waitFor();
    },
  );

  it.each([1024, 390])('has a menu of steps at %i pixels', async (width) => {
    const page = await open('creates.add_tags', width);
    expect(await page.getByRole('link', { name: 'Send Message' }).isVisible()).toBe(false);
    await page.click('#menu');
    expect(await violations(page, '#steps')).toEqual([]);
    await page.getByRole('link', { name: 'Send Message', exact: true }).click();
    await page.getByRole('heading', { name: 'Send Message', exact: true }).waitFor();
    expect(await page.getByRole('link', { name: 'Send Message' }).isVisible()).toBe(false);
  });

  it.each([1440, 1024])(
    'keeps the conversation in view at %i pixels, however long the form',
    async (width) => {
      const page = await open('creates.create_contact', width);
      await page.locator('#run').scrollIntoViewIfNeeded();
      const box = await page.locator('#conversation .bubbles').boundingBox();
      expect(box?.y).toBeGreaterThan(0);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(900);
      expect(box?.height).toBeGreaterThan(100);
      expect(await page.locator('#menu').isVisible()).toBe(width < 1280);
    },
  );

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
    await focusOn('#tools summary');
    await press('Space');
    await focusOn('#faults-set');
    await focusOn('#contacts li:nth-child(2) .contact');
    await press('Enter');
    await page.locator('#contacts li:nth-child(2) .contact[aria-current]').waitFor();
  });
});
