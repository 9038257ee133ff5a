import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { allowComplaint, channel, fill, open, sampleId } from './open.ts';

const value = (page: Page, key: string) => page.locator(`#field-${key}`).inputValue();

async function openStep(page: Page, label: string): Promise<void> {
  await page.getByRole('link', { name: label, exact: true }).click();
  await page.getByRole('heading', { name: label, exact: true }).waitFor();
}

/** Types, and waits until the console has it. */
async function type(page: Page, inputs: Record<string, string>): Promise<void> {
  for (const [key, text] of Object.entries(inputs)) {
    const kept = page.waitForResponse(
      (response) =>
        response.url().includes('/drafts/') &&
        new URLSearchParams(response.request().postData() ?? '').get(key) === text,
    );
    await page.fill(`#field-${key}`, text);
    await kept;
  }
}

describe('what was typed', () => {
  it('survives another step and a reload, rows of lists and dictionaries too', async () => {
    const page = await open('creates.create_contact');
    await type(page, { firstName: 'Ana {{x}}' });
    await page.locator('[name="custom_fields.name"]').fill('plan');
    await page.click('#field-custom_fields-add');
    await page.locator('#field-custom_fields-1').waitFor();
    await openStep(page, 'Add Tags to Contact');
    await fill(page, { tags: ['One', 'Two'] });
    await openStep(page, 'Create Contact');
    expect(await value(page, 'firstName')).toBe('Ana {{x}}');
    expect(await page.locator('[name="custom_fields.name"]').count()).toBe(2);
    await page.reload();
    expect(await value(page, 'firstName')).toBe('Ana {{x}}');
    expect(await value(page, 'custom_fields')).toBe('plan');
    await openStep(page, 'Add Tags to Contact');
    expect(await value(page, 'tags')).toBe('One');
    expect(await value(page, 'tags-1')).toBe('Two');
  });

  it('survives another message type, and is not sent with it', async () => {
    const page = await open('creates.send_message');
    await fill(page, { contact_id: sampleId, text: 'Kept', message_type: 'Image' });
    await page.locator('#field-url').waitFor();
    await type(page, { url: 'https://example.com/a.jpg' });
    await page.click('#run');
    await page.locator('.report.good').waitFor();
    expect(channel.sandbox.requests.at(-1)?.body).toBe(
      '{"body":[{"type":"image","url":"https://example.com/a.jpg"}]}',
    );
    await fill(page, { message_type: 'Text' });
    await page.locator('#field-text').waitFor();
    expect(await value(page, 'text')).toBe('Kept');
    await page.reload();
    expect(await value(page, 'text')).toBe('Kept');
  });

  it('survives in the form of the connection', async () => {
    const page = await open('connection');
    await type(page, { channel_name: 'Support' });
    await page.reload();
    expect(await value(page, 'channel_name')).toBe('Support');
  });

  it('goes with Clear, which brings the defaults back', async () => {
    const page = await open('creates.send_message');
    await type(page, { contact_id: sampleId });
    await fill(page, { message_type: 'Image' });
    await page.locator('#field-url').waitFor();
    await page.click('#clear');
    await page.locator('#field-text').waitFor();
    expect(await value(page, 'contact_id')).toBe('');
    await page.reload();
    expect(await value(page, 'contact_id')).toBe('');
    expect(await value(page, 'message_type')).toBe('text');
  });
});

it('Fill in an example fills in what is empty, and keeps what was typed', async () => {
  const page = await open('creates.create_contact');
  await type(page, { firstName: 'Typed' });
  await page.click('#example');
  await page.locator('#field-lastName[value=Costa]').waitFor();
  expect(await value(page, 'firstName')).toBe('Typed');
});

describe('a chosen contact', () => {
  it('can be filled in as Contact ID, and the rest of the form stays', async () => {
    const page = await open('creates.add_tags');
    await type(page, { tags: 'VIP' });
    await page.getByRole('button', { name: 'Mahin Dar' }).click();
    await page.locator('#conversation h2', { hasText: 'Mahin Dar' }).waitFor();
    await page.getByRole('button', { name: 'Use as Contact ID' }).click();
    await page.locator(`#field-contact_id[value="${sampleId}"]:focus`).waitFor();
    expect(await value(page, 'tags')).toBe('VIP');
  });

  it('is not offered to a form without a Contact ID', async () => {
    const page = await open('creates.create_contact');
    await page.locator('.use-contact').waitFor({ state: 'attached' });
    expect(await page.locator('.use-contact').isVisible()).toBe(false);
  });
});

describe('the focus', () => {
  it.each([
    [0, '#field-tags'],
    [1, '#field-tags-1'],
    [2, '#field-tags-1'],
  ])('stays where row %i was removed', async (row, focused) => {
    const page = await open('creates.add_tags');
    await fill(page, { tags: ['One', 'Two', 'Three'] });
    await page.getByRole('button', { name: `Remove Tags ${row + 1}` }).click();
    await page.locator('#field-tags-2').waitFor({ state: 'detached' });
    await page.locator(`${focused}:focus`).waitFor();
  });

  it('goes to a row that was added to an empty dictionary', async () => {
    const page = await open('creates.create_contact');
    await page.click('#field-custom_fields-add');
    await page.locator('#field-custom_fields-1:focus').waitFor();
  });
});

describe('a form of more than 1 MB', () => {
  it('is refused in words, and stays as it was typed', async () => {
    const page = await open('creates.send_message');
    await type(page, { contact_id: sampleId, text: 'Typed' });
    const before = channel.sandbox.requests.length;
    // In a hidden field, because Chromium needs more than a minute to lay so much text out.
    const hidden = page.locator('#step-form input[type=hidden]');
    await hidden.evaluate((field, text) => Reflect.set(field, 'value', text), 'x'.repeat(1_000_001));
    allowComplaint(/413/);
    await page.click('#run');
    await page.locator('#report', { hasText: 'This form holds more than 1 MB.' }).waitFor();
    await page.locator('#report-title:focus').waitFor();
    expect(await value(page, 'text')).toBe('Typed');
    expect(channel.sandbox.requests).toHaveLength(before);
  });
});
