import { describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { channel, fill, open, run, sampleId } from './open.ts';

async function setWeather(page: Page, label: string, count = 1): Promise<void> {
  await page.getByLabel('How many requests').fill(String(count));
  await page.getByLabel('What they get').selectOption({ label });
  await page.click('#weather-set');
  await page.locator('#forecast', { hasText: label }).waitFor();
}

const weathers: [label: string, title: string, sentence: string | RegExp][] = [
  ['Token refused (401)', 'Reconnect', 'connect the channel again'],
  ['Request refused (403)', 'Error', 'The sandbox was told to answer 403'],
  ['Too many requests (429)', 'Throttled', /tries again in \d+ seconds/],
  ['Server error (500)', 'Error', 'status 500'],
  ['A web page instead of data', 'Error', 'web page'],
  ['No answer at all', 'Error', 'within 10 seconds'],
  ['A slow answer (3 seconds)', 'Success: 1 result', 'Mahin'],
];

describe('the weather', () => {
  it('is over after one request, whatever it is', async () => {
    const page = await open('searches.find_contact_by_id');
    await page.locator('#weather summary').click();
    const offered = await page.getByLabel('What they get').locator('option').allInnerTexts();
    expect(offered).toEqual(weathers.map(([label]) => label));
    await fill(page, { contact_id: sampleId });
    // The integration waits for ten seconds; for this test, for half a second.
    const wait = AbortSignal.timeout;
    jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => wait(ms / 20));
    for (const [label, title, sentence] of weathers) {
      if (label.startsWith('A slow')) jest.restoreAllMocks();
      await setWeather(page, label);
      const report = await run(page, 15_000);
      expect({ label, ...report }).toEqual({ label, title, text: expect.stringMatching(sentence) });
      await page.locator('#forecast', { hasText: 'Fine' }).waitFor();
    }
  });

  it('counts down, and clears up', async () => {
    const page = await open('searches.find_contact_by_id');
    await page.locator('#weather summary').click();
    await setWeather(page, 'Server error (500)', 3);
    await page.getByText('for 3 more requests').waitFor();
    await fill(page, { contact_id: sampleId });
    await run(page);
    await page.getByText('for 2 more requests').waitFor();
    await page.click('#weather-clear');
    await page.locator('#forecast', { hasText: 'Fine' }).waitFor();
    expect(await run(page)).toMatchObject({ title: 'Success: 1 result' });
  });

  it('turns the order of results', async () => {
    const page = await open('searches.find_contact_by_custom_field');
    await page.locator('#weather summary').click();
    const saved = page.waitForResponse('**/habits');
    await page.getByLabel('Results come').selectOption('oldest first');
    await saved;
    await fill(page, { field_name: 'subscribed', field_value: 'TRUE' });
    const oldest = channel.sandbox.store.findByField('subscribed', 'TRUE').at(-1);
    await run(page);
    expect(await page.locator('.report td').first().innerText()).toBe(oldest?.id);
  });

  it('makes the channel a Viber one, and the connection with it', async () => {
    const page = await open('searches.find_contact_by_id');
    await page.locator('#weather summary').click();
    const saved = page.waitForResponse('**/habits');
    await page.getByLabel('Viber channel').check();
    await saved;
    await fill(page, { contact_id: sampleId });
    expect((await run(page)).text).toContain(`GET /api/v1/contact/${btoa(sampleId)}`.replace('==', '%3D%3D'));
  });
});
