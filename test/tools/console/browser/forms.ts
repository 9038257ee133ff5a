import { describe, expect, it } from '@jest/globals';
import { channel, fill, open, run, sampleId } from './open.ts';

describe('a form', () => {
  it('shows labels, Markdown help, required marks, defaults and choices of the definition', async () => {
    const page = await open('creates.send_message');
    expect(await page.locator('label[for=field-contact_id]').innerText()).toBe('Contact ID required');
    expect(await page.locator('#field-contact_id-help code').innerText()).toBe('+60123456789');
    expect(await page.locator('#field-message_type').inputValue()).toBe('text');
    expect(await page.locator('#field-message_type option').allInnerTexts()).toContain('WhatsApp Template');
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
    await fill(page, { message_type: 'WhatsApp Template' });
    await page.locator('#field-template_text').waitFor();
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

  it('shows a field that is empty all the same in the words of the integration', async () => {
    const page = await open('creates.add_tags');
    await fill(page, { contact_id: ' ', tags: 'VIP' });
    const { title, text } = await run(page);
    expect(title).toBe('Halted');
    expect(text).toContain('The Contact ID field is empty.');
    expect(text).toContain('No request was made.');
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
