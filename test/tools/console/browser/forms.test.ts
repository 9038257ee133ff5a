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

  it('changes its fields with the message type, and keeps what was filled in', async () => {
    const page = await open('creates.send_message');
    await fill(page, { contact_id: sampleId, message_type: 'Quick Replies' });
    await page.locator('#field-title').waitFor();
    expect(await page.locator('#field-text').count()).toBe(0);
    expect(await page.locator('#field-contact_id').inputValue()).toBe(sampleId);
    await page.focus('#field-message_type');
    await fill(page, { message_type: 'Image' });
    await page.locator('#field-url').waitFor();
    await page.locator('#field-message_type:focus').waitFor();
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

  it('does not run while a required field is empty', async () => {
    const page = await open('creates.add_tags');
    const before = channel.sandbox.requests.length;
    await fill(page, { tags: 'VIP' });
    await page.click('#run');
    await page.locator('#field-contact_id:user-invalid:focus').waitFor();
    expect(channel.sandbox.requests).toHaveLength(before);
  });

  it('masks the token in the list of requests', async () => {
    const page = await open('searches.find_contact_by_id');
    await fill(page, { contact_id: sampleId });
    await run(page);
    await page.locator('.report .requests summary').click();
    expect(await page.locator('.report .requests pre').first().innerText()).toContain(
      'authorization: Bearer ***',
    );
    expect(await page.content()).not.toContain('sandbox-token');
  });
});

describe('the connection', () => {
  it('is tested, named and taken over', async () => {
    const page = await open('connection');
    expect(await page.locator('#field-channel_token').getAttribute('type')).toBe('password');
    await fill(page, { channel_name: 'Support', host: 'Telenet (app.telenet)' });
    expect((await run(page)).text).toContain('Support (app.telenet)');
    await page.locator('#connection-name', { hasText: 'Support (app.telenet)' }).waitFor();
  });

  it.each([
    [{ channel_token: 'wrong' }, 'Reconnect', 'does not accept the channel token'],
    [{ host: 'Other platform', custom_host: '127.0.0.1' }, 'Halted', 'The Platform Address field'],
  ])('refuses %j and keeps the one before', async (inputs, title, sentence) => {
    const page = await open('connection');
    await fill(page, inputs);
    expect(await run(page)).toEqual({ title, text: expect.stringContaining(sentence) });
    expect(await page.locator('#connection-name').innerText()).toContain('Sandbox (app.bony.chat)');
  });
});

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
