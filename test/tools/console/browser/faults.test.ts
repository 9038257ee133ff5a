import { describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { sandboxFaults } from '../../../../tools/sandbox/faults.ts';
import { channel, fill, open, run, sampleId } from './open.ts';

async function setFault(page: Page, name: string, count = 1): Promise<void> {
  await page.getByLabel('How many requests').fill(String(count));
  await page.getByLabel('Fault').selectOption(name);
  await page.click('#faults-set');
  await page.locator('#waiting-faults', { hasText: name }).waitFor();
}

/** Ends a time limit as soon as the sandbox has received a request that it will not answer, and never earlier. */
function endLimitsWithoutAnswer(): void {
  let limit = new AbortController();
  jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => limit.signal);
  channel.sandbox.on((event) => {
    if (event.type !== 'request' || event.request.status !== null) return;
    limit.abort();
    limit = new AbortController();
  });
}

const faults: [name: string, title: string, sentence: string | RegExp][] = [
  ['401', 'Reconnect', 'connect the channel again'],
  ['403', 'Error', 'The sandbox was told to answer 403'],
  ['429, Retry-After: 7', 'Throttled', /tries again in \d+ seconds/],
  ['500', 'Error', 'status 500'],
  ['200 with HTML', 'Error', 'web page'],
  ['no answer at all', 'Error', /within 10 seconds[\s\S]*no answer for \d+\.\d s/],
  ['3 seconds late', 'Success: 1 result', 'Mahin'],
];

describe('the developer tools', () => {
  it('offers every fault that the sandbox can give, and says what each does', async () => {
    const page = await open('searches.find_contact_by_id', 390);
    await page.locator('#tools summary').click();
    const options = page.getByLabel('Fault').locator('option');
    expect((await options.allInnerTexts()).slice(0, 2)).toEqual([
      'Wrong token (401)',
      'Too many requests (429)',
    ]);
    const values = await options.evaluateAll((all) => all.map((one) => one.getAttribute('value')));
    expect(values.toSorted()).toEqual([...sandboxFaults.keys()].toSorted());
    for (const name of ['no answer at all', '401']) {
      await page.getByLabel('Fault').selectOption(name);
      await page.locator('#fault-does', { hasText: sandboxFaults.get(name)?.does ?? 'nothing' }).waitFor();
    }
  });

  it('lets requests fail, as the fault says, until it is cleared', async () => {
    const page = await open('searches.find_contact_by_id');
    await page.locator('#tools summary').click();
    await fill(page, { contact_id: sampleId });
    endLimitsWithoutAnswer();
    for (const [name, title, sentence] of faults) {
      await setFault(page, name);
      const report = await run(page);
      expect({ name, ...report }).toEqual({ name, title, text: expect.stringMatching(sentence) });
      await page.locator('#waiting-faults:empty').waitFor({ state: 'attached' });
    }
    await setFault(page, '500', 3);
    await page.getByText('for 3 more requests').waitFor();
    await run(page);
    await page.getByText('for 2 more requests').waitFor();
    await page.click('#faults-clear');
    await page.locator('#waiting-faults:empty').waitFor({ state: 'attached' });
    expect(await run(page)).toMatchObject({ title: 'Success: 1 result' });
  });

  it('makes the channel a Viber one, and the connection with it', async () => {
    const page = await open('searches.find_contact_by_id');
    await page.locator('#tools summary').click();
    const saved = page.waitForResponse('**/settings');
    await page.getByLabel('Viber channel').check();
    await saved;
    await fill(page, { contact_id: sampleId });
    expect((await run(page)).text).toContain(`GET /api/v1/contact/${btoa(sampleId)}`.replace('==', '%3D%3D'));
  });
});
