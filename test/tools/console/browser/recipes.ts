import { describe, expect, it } from '@jest/globals';
import { channel, open } from './open.ts';
import { overflow, violations } from './rules.ts';
import { badges, runRecipe, status } from './run-recipe.ts';

describe('the front page', () => {
  it('says what this is, and shows the recipes of the guide', async () => {
    const page = await open('start');
    await page.goto(channel.url);
    expect(await page.locator('h1').innerText()).toBe('Watch Zaps run, without Zapier');
    expect(await page.locator('.start').innerText()).toContain('Nothing leaves this machine');
    expect(await page.locator('#recipes > li').count()).toBe(13);
    const primary = page.locator('button.primary');
    expect(await primary.getAttribute('aria-label')).toBe('Run: Order confirmation with a picture');
    await page.goto(`${channel.url}/?step=creates.nothing`);
    await page.locator('h1', { hasText: 'Watch Zaps run' }).waitFor();
  });

  it('runs a recipe step by step, while the channel changes', async () => {
    const page = await open('start');
    await runRecipe(page, 1);
    expect(await badges(page)).toEqual(['Example data', 'Success', 'The Zap goes on', 'Success']);
    const step = page.locator('#recipe-run li').nth(1);
    expect(await step.locator('dl').innerText()).toContain('+52 33 1234 5000');
    const requests = await page
      .locator('#recipe-run .ran > li')
      .last()
      .locator('.requests summary')
      .innerText();
    expect(requests).toMatch(/POST\s+\/api\/v1\/message\/sendContent\/cus_\d+\s+201/);
    await page.locator('#contacts bdi.name', { hasText: /^Ana$/ }).waitFor();
    await page.locator('#conversation').getByText('thank you for your message').waitFor();
  });

  it('runs a recipe that begins with a trigger, with a contact that it adds', async () => {
    const page = await open('start');
    const before = channel.sandbox.store.count();
    await runRecipe(page, 5);
    expect(await badges(page)).toEqual(['1 result', 'Success']);
    expect(channel.sandbox.store.count()).toBe(before + 1);
  });

  it('shows an error as the user reads it, and stops there', async () => {
    const page = await open('start');
    channel.sandbox.failNext(1, { status: 401 });
    await runRecipe(page, 2);
    expect(await status(page).innerText()).toMatch(/^Stopped/);
    expect(await page.locator('#recipe-run .failure').innerText()).toContain(
      'app.bony.chat does not accept the channel token.',
    );
  });

  it('shows why a Zap could not be switched on, and goes on answering', async () => {
    const page = await open('start');
    channel.sandbox.failNext(1, { status: 401 });
    await runRecipe(page, 5);
    expect(await status(page).innerText()).toMatch(/^Stopped/);
    expect(await page.locator('#recipe-run li').filter({ hasText: '1. New Contact' }).innerText()).toContain(
      'app.bony.chat does not accept the channel token.',
    );
    await runRecipe(page, 5);
    expect(await badges(page)).toEqual(['1 result', 'Success']);
  });

  it('numbers the steps of a recipe, and leads from a step to its form', async () => {
    const page = await open('start', 390);
    const list = page.locator('#recipes ol').first();
    expect(
      await list.evaluate((ol) => ol.ownerDocument.defaultView?.getComputedStyle(ol).listStyleType),
    ).toBe('decimal');
    await page.locator('#recipes').getByRole('link', { name: 'Send Message' }).last().click();
    await page.locator('h1', { hasText: 'Send Message' }).waitFor();
    const top = await page.locator('h1').evaluate((title) => title.getBoundingClientRect().top);
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top).toBeLessThan(400);
  });

  it('is run with the keyboard alone, and tells screen readers when it ends', async () => {
    const page = await open('start');
    await page.locator('#run-recipe-2').focus();
    await page.keyboard.press('Enter');
    await status(page).filter({ hasText: 'Done' }).waitFor();
    expect(await status(page).getAttribute('role')).toBe('status');
  });

  it.each([1440, 1024, 390])('is accessible, and not wider than the screen at %i pixels', async (width) => {
    const page = await open('start', width);
    await runRecipe(page, 6);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page, '#step')).toEqual([]);
    }
    expect(await overflow(page)).toBe(0);
  });
});
