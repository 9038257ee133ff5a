import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { readRecipes } from '../../../../tools/zapier/recipe.ts';
import { channel, open, sampleId } from './open.ts';
import { badges, inView, ran, runRecipe, status } from './run-recipe.ts';

describe('a recipe', () => {
  const numbers = Array.from({ length: 13 }, (_, index) => index + 1);

  it('shows all of its steps, up to the last one, whatever ran before it', async () => {
    const page = await open('start');
    for (const [runs, number] of [1, ...numbers].entries()) {
      await runRecipe(page, number);
      const { steps } = readRecipes('docs/guide.md')[number - 1] ?? { steps: [] };
      const headings = await page.locator('#recipe-run h3').allInnerTexts();
      const expected = steps.map((step) => `${step.number}. ${step.name}`);
      expect(headings.filter((heading) => /^\d\. /.test(heading))).toEqual(
        // The second submission of the form is stopped by the filter.
        runs === 1 ? expected.slice(0, 3) : expected,
      );
      expect(await badges(page)).not.toContain('Nothing found');
    }
  });

  it('shows what another app would get, with the values of the steps before', async () => {
    const page = await open('start');
    await runRecipe(page, 7);
    expect(await ran(page, 3).innerText()).toMatch(
      /In Zapier it would get these values[\s\S]*3 people are on the trial plan[\s\S]*Gloria/,
    );
    await runRecipe(page, 10);
    expect(await ran(page, 3).innerText()).toContain('May 4, 10:00 -1d');
    await runRecipe(page, 13);
    expect(await ran(page, 2).innerText()).toMatch(/Email\s+\S+@example\.com/);
  });

  it('shows the rule of a filter as it is written, and with the values of the run', async () => {
    const page = await open('start');
    await runRecipe(page, 9);
    expect((await ran(page, 3).locator('dl').innerText()).split('\n')).toEqual([
      'Only continue if',
      '[2. Tags] (Text) Does not contain No messages',
      'In this run',
      'VIP (Text) Does not contain No messages',
    ]);
    const { store } = channel.sandbox;
    const [contact] = store.findByField('firstName', 'Irene');
    store.removeTags(contact?.id ?? '', ['VIP']);
    await runRecipe(page, 9);
    expect(await ran(page, 3).innerText()).toContain('(empty) (Text) Does not contain No messages');
    store.addTags(contact?.id ?? '', ['No messages']);
    await runRecipe(page, 9);
    expect(await badges(page)).toEqual(['Example data', '1 result', 'The Zap stops here']);
  });

  it('shows its picture open, from this machine', async () => {
    const page = await open('start');
    await runRecipe(page, 6);
    const picture = page.locator('#conversation .bubble img');
    await picture.waitFor();
    expect(await picture.isVisible()).toBe(true);
    expect(await picture.getAttribute('src')).toBe(`${channel.url}/picture.svg`);
  });

  it('brings the step that runs and its error into view', async () => {
    const page = await open('start', 390);
    await runRecipe(page, 1);
    await inView(page, ran(page, 4));
    channel.sandbox.failNext(1, { status: 401 });
    await runRecipe(page, 2);
    await inView(page, page.locator('#recipe-run .failure'));
    expect(await status(page).innerText()).toContain('does not accept the channel token');
  });
});

describe('the form of a step that a recipe ran', () => {
  const toForm = (page: Page, name: string) =>
    page.locator('#recipe-run').getByRole('link', { name, exact: true }).click();

  it('opens with what the recipe filled in', async () => {
    const page = await open('start');
    await runRecipe(page, 6);
    await toForm(page, 'Send Message');
    await page.locator('h1', { hasText: 'Send Message' }).waitFor();
    const [contact] = channel.sandbox.store.findByField('firstName', 'Fabio');
    expect(await page.inputValue('#field-contact_id')).toBe(contact?.id);
    expect(await page.inputValue('#field-template_name')).toBe('order_confirmed');
    expect(await page.inputValue('#field-template_parameters-1')).toBe('1048');
    expect(await page.getByLabel('Template Buttons: button value 1').inputValue()).toBe('1048');
    expect(page.url()).toContain('/?step=creates.send_message');
    await page.click('#run');
    await page.locator('.bubble').nth(1).waitFor();
    expect(channel.sandbox.store.messagesOf(contact?.id ?? '')).toHaveLength(2);
  });
});

describe('the conversation', () => {
  const opened = (page: Page, name: string) => page.locator('#conversation h2', { hasText: name }).waitFor();

  it('follows the recipe, until another contact is opened, which stays', async () => {
    const page = await open('start');
    await runRecipe(page, 1);
    await opened(page, 'Ana');
    await page.locator('#contacts').getByRole('button', { name: 'Mahin Dar' }).click();
    await opened(page, 'Mahin Dar');
    // Another page that connects gets an event of each topic, as this one does after a break.
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
    expect(held).toBe(1);
  });

  it('is that of a contact chosen before the recipe opened another one, though its answer comes later', async () => {
    const page = await open('start');
    await page.route(
      `**/conversation?open=${sampleId}`,
      async (route) => {
        await opened(page, 'Ana');
        await route.continue();
      },
      { times: 1 },
    );
    const chosen = Promise.withResolvers<void>();
    await page.route('**/recipes/run?*', async (route) => {
      const response = await route.fetch();
      if ((await response.text()).includes('<hx-partial')) {
        await page.locator('#contacts').getByRole('button', { name: 'Mahin Dar' }).click();
        chosen.resolve();
      }
      await route.fulfill({ response });
    });
    await runRecipe(page, 1);
    await chosen.promise;
    await opened(page, 'Mahin Dar');
  });
});
