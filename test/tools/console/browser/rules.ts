import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** Returns the elements in a part of the page that break any rule of axe, or only `rule` if it is given. */
export async function violations(page: Page, part: string, rule?: string): Promise<string[]> {
  // The legacy mode skips frames of other origins, of which there are none, and takes a quarter less time.
  const axe = new AxeBuilder({ page })
    .include(part)
    .options({ resultTypes: ['violations'] })
    .setLegacyMode();
  const { violations } = await (rule ? axe.withRules(rule) : axe).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** Returns by how many pixels a page is wider than the screen. */
export const overflow = (page: Page) =>
  page.locator('html').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
