import { describe, expect, it } from '@jest/globals';
import { loadBuiltIntegration } from '../../../../tools/zapier/runner.ts';
import { channel, fill, open, run, sampleId } from './open.ts';

const stored = (id = sampleId) => channel.sandbox.store.get(id);
const newest = () => channel.sandbox.store.list({ limit: 1 })[0];

describe('every operation, from its form', () => {
  it('is in the navigation, and its example runs', async () => {
    const integration = await loadBuiltIntegration();
    const kinds = ['triggers', 'searches', 'searchOrCreates', 'creates'];
    const steps = kinds.flatMap((kind) => Object.keys(Object(Reflect.get(integration, kind))));
    const page = await open('connection');
    const links = page.locator('nav a:not(#to-start, #to-connection)');
    expect(await links.count()).toBe(steps.length);
    for (const label of await links.allInnerTexts()) {
      await page.getByRole('link', { name: label, exact: true }).click();
      await page.getByRole('heading', { name: label, exact: true }).waitFor();
      // Waiting for values is not enough, because an empty form has default values.
      const filledIn = page.waitForResponse('**/example');
      await page.click('#example');
      await filledIn;
      await page.locator('#example:not(.htmx-request)').waitFor();
      expect({ label, ...(await run(page)) }).toMatchObject({
        label,
        title: expect.stringMatching(/^Success/),
      });
    }
  });

  it('Find Contact by ID, whose request masks the token', async () => {
    const page = await open('searches.find_contact_by_id');
    await fill(page, { contact_id: sampleId });
    const { text } = await run(page);
    expect(text).toContain('Blog Updates, Platform Updates');
    expect(text).toContain(`GET /api/v1/contact/${sampleId}`);
    await page.locator('.report .requests summary').click();
    expect(await page.locator('.report .requests pre').first().innerText()).toContain('Bearer ***');
    expect(await page.content()).not.toContain('sandbox-token');
    await fill(page, { contact_id: 'nobody' });
    expect(await run(page)).toMatchObject({ title: 'Nothing found' });
  });

  it('Find or Create Contact creates, then finds', async () => {
    const page = await open('searchOrCreates.find_contact_by_custom_field');
    await fill(page, { field_name: 'email', field_value: 'ana@example.com', firstName: 'Ana' });
    expect((await run(page)).text).toContain('3 requests');
    expect(newest()?.custom_fields).toEqual({ firstName: 'Ana', email: 'ana@example.com' });
    expect((await run(page)).text).toContain('1 request');
  });

  it('Find or Create Contact by Phone has one Phone, which both halves get', async () => {
    const page = await open('searchOrCreates.find_contact_by_phone');
    expect(await page.locator('#field-phone').count()).toBe(1);
    await fill(page, { phone: '+1 202 555 0143', firstName: 'Ana' });
    const { text } = await run(page);
    expect(text).toContain('Ana');
    // The look-ups that find nobody do not look like failures.
    expect(await page.locator('.report .status.bad').count()).toBe(0);
    expect(newest()?.custom_fields.phone).toBe('+12025550143');
  });

  it('Find Contacts folds what it found, under the names of the fields', async () => {
    const { store } = channel.sandbox;
    for (let number = 0; number < 500; number += 1) store.add({ custom_fields: { city: 'Oslo' } });
    const page = await open('searches.find_contacts');
    await fill(page, { field_name: 'city', field_value: 'Oslo', limit: '500' });
    await run(page);
    expect(await page.locator('.report .item[open] > summary').allInnerTexts()).toEqual([
      'Contact 1 of 500',
      'Contact 2 of 500',
      'Contact 3 of 500',
    ]);
    expect(await page.locator('.report th', { hasText: 'Contact ID' }).count()).toBe(500);
    await page.getByText('497 more contacts').click();
    await page.getByText('Contact 500 of 500').waitFor();
    expect((await page.locator('.report').boundingBox())?.height).toBeLessThan(2000);
  });

  it('Create Contact, with a dictionary, and its conversation opens', async () => {
    const page = await open('creates.create_contact');
    await fill(page, { firstName: 'Ana', custom_fields: ['plan', 'city'] });
    await page.locator('[name="custom_fields.value"]').nth(0).fill('Gold');
    await page.locator('[name="custom_fields.value"]').nth(1).fill('Kuala Lumpur');
    // A channel's field is shown under its ID, as in Zapier.
    expect((await run(page)).text).toMatch(/First Name\s+Ana[\s\S]*\bplan\s+Gold/);
    expect(newest()?.custom_fields).toEqual({ firstName: 'Ana', plan: 'Gold', city: 'Kuala Lumpur' });
    await page.locator('#conversation h2', { hasText: 'Ana' }).waitFor();
  });

  it('Remove Tags, whose dropdown fetches the tags of the chosen contact', async () => {
    const page = await open('creates.remove_tags');
    await page.getByText('Fill in Contact ID to see its tags.').waitFor();
    await page.click('#run');
    await page.locator('#field-contact_id:user-invalid:focus').waitFor();
    expect(channel.sandbox.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    await fill(page, { contact_id: sampleId });
    await page.locator('#field-contact_id').blur();
    await page.getByText('2 choices to offer, or type another. Fetched with 1 request.').waitFor();
    expect(await page.locator('#field-tags-choices option').allTextContents()).toEqual(stored()?.tags);
    await fill(page, { tags: 'Blog Updates' });
    await run(page);
    expect(stored()?.tags).toEqual(['Platform Updates']);
  });
});
