import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { channel, fill, open, run, sampleId } from './open.ts';

describe('a form', () => {
  it('shows labels, Markdown help, required marks, defaults and choices of the definition', async () => {
    const page = await open('creates.send_message');
    expect(await page.locator('label[for=field-contact_id]').innerText()).toBe('Contact ID required');
    expect(await page.locator('#field-contact_id-help code').innerText()).toBe('+12025550143');
    expect(await page.locator('#field-message_type').inputValue()).toBe('text');
    expect(await page.locator('#field-message_type option').allInnerTexts()).toContain('Quick Replies');
    expect(await page.locator('#field-contact_id').getAttribute('list')).toBe('contact-ids');
    expect(await page.locator('#contact-ids option').count()).toBe(12);
  });

  it('takes another value than those of a dropdown, and goes back to it when that is emptied', async () => {
    const page = await open('searches.find_contact_by_custom_field');
    expect(await page.locator('select#field-field_name option').last().innerText()).toBe('Another value…');
    await page.selectOption('#field-field_name', 'Another value…');
    await page.locator('input#field-field_name:focus').fill('customerid');
    await fill(page, { field_value: '1' });
    expect((await run(page)).text).toContain('Mahin');
    await page.reload();
    expect(await page.locator('input#field-field_name').inputValue()).toBe('customerid');
    const kept = page.waitForResponse(
      (response) => response.request().postData()?.includes('field_name=&') === true,
    );
    await page.fill('#field-field_name', '');
    await kept;
    await page.reload();
    await page.locator('select#field-field_name').waitFor();
  });
});

it('a connection is taken over only if its test succeeds', async () => {
  const page = await open('connection');
  expect(await page.locator('#field-channel_token').getAttribute('type')).toBe('password');
  for (const [inputs, title, sentence] of [
    [{ host: 'Other platform', custom_host: '127.0.0.1' }, 'Halted', 'The Platform Address field'],
    [{ host: 'Telenet (app.telenet)', channel_token: 'wrong' }, 'Reconnect', 'does not accept'],
  ] as const) {
    await fill(page, inputs);
    expect(await run(page)).toEqual({ title, text: expect.stringContaining(sentence) });
    expect(await page.locator('#connection-name').innerText()).toContain('Sandbox (app.bony.chat)');
  }
  await fill(page, { channel_name: 'Support', channel_token: channel.sandbox.token });
  expect((await run(page)).text).toContain('Support (app.telenet)');
  await page.locator('#connection-name', { hasText: 'Support (app.telenet)' }).waitFor();
});

const value = (page: Page, key: string) => page.locator(`#field-${key}`).inputValue();

async function openStep(page: Page, label: string): Promise<void> {
  await page.getByRole('link', { name: label, exact: true }).click();
  await page.getByRole('heading', { name: label, exact: true }).waitFor();
}

/** Fills in the fields by their keys, and waits until the console has saved each text as a draft. */
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
    await page.locator('#field-custom_fields-1:focus').waitFor();
    await openStep(page, 'Add Tags to Contact');
    await fill(page, { tags: ['One', 'Two'] });
    await openStep(page, 'Create Contact');
    expect(await page.locator('[name="custom_fields.name"]').count()).toBe(2);
    await page.reload();
    expect(await value(page, 'firstName')).toBe('Ana {{x}}');
    expect(await value(page, 'custom_fields')).toBe('plan');
    await openStep(page, 'Add Tags to Contact');
    expect(await value(page, 'tags')).toBe('One');
    expect(await value(page, 'tags-1')).toBe('Two');
  });

  it('survives another message type, which changes the fields, and is not sent with it', async () => {
    const page = await open('creates.send_message');
    await fill(page, { contact_id: sampleId, text: 'Kept' });
    await page.focus('#field-message_type');
    await fill(page, { message_type: 'Image' });
    await page.locator('#field-url').waitFor();
    await page.locator('#field-message_type:focus').waitFor();
    expect(await page.locator('#field-text').count()).toBe(0);
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

  it('goes with Clear, which brings the defaults back', async () => {
    const page = await open('creates.send_message');
    await type(page, { contact_id: sampleId });
    await fill(page, { message_type: 'Image' });
    await page.locator('#field-url').waitFor();
    await page.click('#clear');
    await page.locator('#field-text').waitFor();
    await page.reload();
    expect(await value(page, 'contact_id')).toBe('');
    expect(await value(page, 'message_type')).toBe('text');
  });
});

it('an example and a chosen contact are filled in, and what was typed stays', async () => {
  const page = await open('creates.add_tags');
  await type(page, { tags: 'VIP' });
  await page.click('#example');
  await page.locator('#field-contact_id:not([value=""])').waitFor();
  expect(await value(page, 'tags')).toBe('VIP');
  await page.getByRole('button', { name: 'Mahin Dar' }).click();
  await page.locator('#conversation h2', { hasText: 'Mahin Dar' }).waitFor();
  await page.getByRole('button', { name: 'Use as Contact ID' }).click();
  await page.locator(`#field-contact_id[value="${sampleId}"]:focus`).waitFor();
  expect(await value(page, 'tags')).toBe('VIP');
});

it('the focus stays where a row was removed', async () => {
  const page = await open('creates.add_tags');
  await fill(page, { contact_id: sampleId, tags: ['One', 'Two', 'Three', 'Four'] });
  for (const [row, focused] of [
    [0, '#field-tags'],
    [1, '#field-tags-1'],
    [1, '#field-tags'],
  ] as const) {
    const before = await page.locator('[name=tags]').count();
    await page.getByRole('button', { name: `Remove Tags ${row + 1}` }).click();
    await page.locator(`#field-tags-${before - 1}`).waitFor({ state: 'detached' });
    await page.locator(`${focused}:focus`).waitFor();
  }
  await run(page);
  expect(channel.sandbox.store.get(sampleId)?.tags).toEqual(['Blog Updates', 'Platform Updates', 'Two']);
});
