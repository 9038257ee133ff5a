import type { Locator, Page } from 'playwright-core';

/** Whether the recipe runs, is done or has stopped. */
export const status = (page: Page) => page.locator('#recipe-run [role=status]');
/** A step of the recipe that ran, counted from 1. */
export const ran = (page: Page, step: number) => page.locator(`#ran-${step}`);
/** What came of each step. */
export const badges = (page: Page) => page.locator('#recipe-run li .badge').allInnerTexts();

/** Runs a recipe by its number, and waits until it has ended. */
export async function runRecipe(page: Page, number: number): Promise<void> {
  await page.locator('#recipe-run').evaluate((panel) => panel.replaceChildren());
  await page.click(`#run-recipe-${number}`);
  await status(page)
    .filter({ hasText: /Done|Stopped/ })
    .waitFor();
}

/** Waits until a part is within the window, or fills it. */
export async function inView(page: Page, part: Locator): Promise<void> {
  await part.waitFor();
  const isIn = () =>
    part.evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      // Half a pixel more is not seen.
      return bottom > 0 && top < 900 && (bottom < 901 || top <= 0);
    });
  while (!(await isIn())) await page.waitForTimeout(50);
}
