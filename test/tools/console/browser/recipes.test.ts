import { describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { readRecipes } from '../../../../tools/zapier/recipe.ts';
import { channel, open } from './open.ts';
import { overflow, violations } from './rules.ts';

/** The line that says that the recipe is running, done or stopped. */
const status = (page: Page) => page.locator('#recipe-run [role=status]');
/** A step of the recipe that ran, counted from 1. */
const ran = (page: Page, step: number) => page.locator(`#ran-${step}`);
/** Returns the outcome of each step. */
const badges = (page: Page) => page.locator('#recipe-run li .badge').allInnerTexts();

/** Runs a recipe by its number, and waits until it has ended. */
async function runRecipe(page: Page, number: number): Promise<void> {
  await page.locator('#recipe-run').evaluate((panel) => panel.replaceChildren());
  await page.click(`#run-recipe-${number}`);
  await status(page)
    .filter({ hasText: /Done|Stopped/ })
    .waitFor();
}

/** Waits until a part is inside the window, or covers it. */
async function inView(page: Page, part: Locator): Promise<void> {
  await part.waitFor();
  const isIn = () =>
    part.evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      // Nobody sees half a pixel too much.
      return bottom > 0 && top < 900 && (bottom < 901 || top <= 0);
    });
  while (!(await isIn())) await page.waitForTimeout(50);
}

describe('the front page', () => {
  it('says what this is, and shows the recipes of the guide', async () => {
    const page = await open('start');
    await page.goto(channel.url);
    expect(await page.locator('h1').innerText()).toBe('Watch Zaps run, without Zapier');
    expect(await page.locator('.start').innerText()).toContain('Nothing leaves this machine');
    expect(await page.locator('#recipes > li').count()).toBe(14);
    const primary = page.locator('button.primary');
    expect(await primary.getAttribute('aria-label')).toBe('Run: Order confirmation with a picture');
    await page.goto(`${channel.url}/?step=creates.nothing`);
    await page.locator('h1', { hasText: 'Watch Zaps run' }).waitFor();
  });

  it('runs a recipe step by step, while the channel changes', async () => {
    const page = await open('start');
    await runRecipe(page, 1);
    expect(await badges(page)).toEqual(['Example data', 'Success', 'The Zap goes on', 'Success']);
    expect(await page.locator('#recipe-run .badge.good').allInnerTexts()).not.toContain('Example data');
    const step = page.locator('#recipe-run li').nth(1);
    expect(await step.locator('dl').innerText()).toContain('+1 202 555 0100');
    const requests = await page
      .locator('#recipe-run .ran > li')
      .last()
      .locator('.requests summary')
      .innerText();
    expect(requests).toMatch(/POST\s+\/api\/v1\/message\/sendContent\/cus_\d+\s+201/);
    await page.locator('#contacts bdi.name', { hasText: /^Ana$/ }).waitFor();
    await page.locator('#conversation').getByText('thank you for your message').waitFor();
  });

  it('says why a Zap could not be switched on, and then runs it with a contact that it adds', async () => {
    const page = await open('start');
    channel.sandbox.failNext(1, { status: 401 });
    await runRecipe(page, 5);
    expect(await status(page).innerText()).toMatch(/^Stopped/);
    expect(await page.locator('#recipe-run li').filter({ hasText: '1. New Contact' }).innerText()).toContain(
      'app.bony.chat does not accept the channel token.',
    );
    const before = channel.sandbox.store.count();
    await runRecipe(page, 5);
    expect(await badges(page)).toEqual(['1 result', 'Success']);
    expect(channel.sandbox.store.count()).toBe(before + 1);
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

describe('a recipe', () => {
  const numbers = Array.from({ length: 14 }, (_, index) => index + 1);

  it('shows all of its steps, whatever ran before it, and what another app would get', async () => {
    const page = await open('start');
    for (const [runs, number] of [1, ...numbers].entries()) {
      await runRecipe(page, number);
      const { steps } = readRecipes('docs/guide.md')[number - 1] ?? { steps: [] };
      const headings = await page.locator('#recipe-run h3').allInnerTexts();
      const expected = steps.map((step) => `${step.number}. ${step.name}`);
      expect(headings.filter((heading) => /^\d\. /.test(heading))).toEqual(
        // On its second run, recipe 1 gets the same phone again, so its filter stops it at step 3.
        runs === 1 ? expected.slice(0, 3) : expected,
      );
      expect(await badges(page)).not.toContain('Nothing found');
    }
    await runRecipe(page, 7);
    expect(await ran(page, 3).innerText()).toMatch(
      /In Zapier it would get these values[\s\S]*3 people are on the trial plan[\s\S]*Gloria/,
    );
  });

  it('keeps the step that runs, its status and its error in view, and leads to what was sent, on a phone', async () => {
    const page = await open('start', 390);
    await runRecipe(page, 1);
    await inView(page, ran(page, 4));
    await inView(page, status(page));
    await page.getByRole('link', { name: '1 new message' }).click();
    await inView(page, page.locator('#conversation .bubble').last());
    channel.sandbox.failNext(1, { status: 401 });
    await runRecipe(page, 2);
    await inView(page, page.locator('#recipe-run .failure'));
    expect(await status(page).innerText()).toContain('does not accept the channel token');
  });
});

it('the form of a step that a recipe ran opens with what the recipe filled in', async () => {
  const page = await open('start');
  await runRecipe(page, 6);
  const link = page.locator('#recipe-run').getByRole('link', { name: 'Send WhatsApp Template', exact: true });
  await link.click();
  await page.locator('h1', { hasText: 'Send WhatsApp Template' }).waitFor();
  const [contact] = channel.sandbox.store.findByField('phone', '+12025550105');
  expect(await page.inputValue('#field-contact_id')).toBe('+1 202 555 0105');
  expect(await page.inputValue('#field-template_name')).toBe('order_confirmed');
  expect(await page.inputValue('#field-template_parameters-1')).toBe('1048');
  expect(await page.getByLabel('Template Buttons: button value 1').inputValue()).toBe('1048');
  expect(page.url()).toContain('/?step=creates.send_template');
  await page.click('#run');
  await page.locator('.report.good').waitFor();
  expect(channel.sandbox.store.messagesOf(contact?.id ?? '')).toHaveLength(2);
});

describe('the conversation', () => {
  const opened = (page: Page, name: string) => page.locator('#conversation h2', { hasText: name }).waitFor();

  it('follows the recipe, until another contact is opened, which stays', async () => {
    const page = await open('start');
    await runRecipe(page, 1);
    await opened(page, 'Ana');
    await page.locator('#contacts').getByRole('button', { name: 'Mahin Dar' }).click();
    await opened(page, 'Mahin Dar');
    // A page that reconnects gets one event for each topic. This imitates the one about the recipe.
    const again = page.waitForResponse('**/recipes/run?*');
    await page.locator('body').dispatchEvent('recipe');
    await again;
    await page.click('#run-recipe-2');
    await ran(page, 2).waitFor();
    await page.locator('#contacts').getByRole('button', { name: 'Ana' }).click();
    await opened(page, 'Ana');
    await status(page).filter({ hasText: 'Done' }).waitFor();
    await page.locator('#contacts bdi.name', { hasText: 'Bruno' }).waitFor();
    await opened(page, 'Ana');
    await runRecipe(page, 3);
    await opened(page, 'Carla');
  });

  it('stays with a contact that is chosen before the recipe opens another one', async () => {
    const page = await open('start');
    let held = 0;
    await page.route('**/recipes/run?*', async (route) => {
      const response = await route.fetch();
      if ((await response.text()).includes('<hx-partial')) {
        held += 1;
        await page.locator('#contacts').getByRole('button', { name: 'Mahin Dar' }).click();
        await opened(page, 'Mahin Dar');
      }
      await route.fulfill({ response });
    });
    await runRecipe(page, 1);
    expect(await page.locator('#conversation h2').innerText()).toBe('Mahin Dar');
    expect(held).toBeGreaterThan(0);
  });
});
