import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { channel, fill, open, run, sampleId } from './open.ts';

async function api(method: string, path: string, body: object): Promise<void> {
  const { sandbox } = channel;
  await fetch(`${sandbox.url}/api/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${sandbox.token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

const openContact = async (page: Page, name: string) => {
  await page.getByRole('button', { name }).click();
  await page.locator('#conversation h2', { hasText: name }).waitFor();
};

const messages: [type: string, inputs: Record<string, string | string[]>, shown: string][] = [
  ['Text', { text: 'Hola {{first_name}}\n<b>& more</b>' }, 'Hola {{first_name}}\n<b>& more</b>'],
  ['Image', { url: 'https://example.com/a%20photo.jpg' }, 'a photo.jpg'],
  ['Video', { url: 'https://example.com/clip.mp4' }, 'clip.mp4 video from example.com'],
  ['Audio', { url: 'https://example.com/voice.mp3' }, 'voice.mp3 recording'],
  ['File', { url: 'https://example.com/100%.pdf' }, '100%.pdf file from example.com'],
  ['Quick Replies', { title: 'When?', replies: ['Now', 'Later'] }, 'When?\nNow\nLater'],
];

it('a message of every type appears as a bubble, and nothing is fetched from other hosts', async () => {
  const page = await open('creates.send_message');
  let asked = 0;
  await page.route('https://example.com/**', (route) => {
    asked += 1;
    return route.abort();
  });
  for (const [number, [message_type, inputs, shown]] of messages.entries()) {
    await fill(page, { contact_id: sampleId, message_type });
    await page.locator(`#field-${Object.keys(inputs)[0]}`).waitFor();
    await fill(page, inputs);
    await run(page);
    const text = await page.locator('.bubble').nth(number).innerText();
    expect(text.replaceAll(/\s*\n\s*/g, '\n')).toContain(shown);
  }
  expect(channel.sandbox.store.messagesOf(sampleId)).toHaveLength(messages.length);
  const image = page.locator('.bubble a').first();
  expect(await image.getAttribute('href')).toBe('https://example.com/a%20photo.jpg');
  expect(asked).toBe(0);
});

describe('the channel', () => {
  it('updates by itself when something else speaks to the sandbox', async () => {
    const page = await open('connection');
    await openContact(page, 'Mahin Dar');
    await api('POST', '/contact/', { custom_fields: [{ name: 'firstName', value: 'Curly' }] });
    await page.getByRole('button', { name: 'Curly' }).waitFor();
    expect(await page.locator('.contact .name').first().innerText()).toBe('Curly');
    await api('POST', `/contact/${sampleId}/tags`, { tags: ['From curl'] });
    await page.locator('#conversation .tag', { hasText: 'From curl' }).waitFor();
    await api('POST', `/message/sendContent/${sampleId}`, {
      body: [{ type: 'text', text: 'Over the wire' }],
    });
    await page.locator('.bubble', { hasText: 'Over the wire' }).waitFor();
  });

  it('is searched while someone types, and shows fields and tags', async () => {
    const page = await open('connection');
    await page.fill('#search', 'blog updates');
    await page.locator('#contacts-told', { hasText: 'found' }).waitFor();
    expect(await page.locator('.contact').count()).toBe(
      channel.sandbox.store.list({ text: 'blog updates' }).length,
    );
    await page.fill('#search', 'MÄHIN');
    await page.getByText('1 found').waitFor();
    await openContact(page, 'Mahin Dar');
    await page.getByText('Fields', { exact: true }).click();
    const fields = page.locator('#conversation .pairs');
    expect(await fields.innerText()).toContain('First Name\nMahin');
    channel.sandbox.store.update(sampleId, { city: 'Dubai' });
    await fields.filter({ hasText: 'Dubai' }).waitFor();
  });

  it('says what to do if a search finds nobody, and if there is nobody', async () => {
    const page = await open('connection');
    await page.fill('#search', 'nobody at all');
    await page.getByText('No contact has “nobody at all”').waitFor();
    const { sandbox } = channel;
    for (const { id } of sandbox.store.list()) sandbox.store.delete(id);
    await page.reload();
    await page.locator('#contacts').getByRole('link', { name: 'Create Contact' }).click();
    await page.getByRole('heading', { name: 'Create Contact', exact: true }).waitFor();
  });

  it('shows everything as it is written', async () => {
    const page = await open('creates.update_contact');
    const evil = '<script>document.title="broken"</script><img src=x onerror=alert(1)>';
    const { id } = channel.sandbox.store.add({
      id: '"><script>x',
      custom_fields: { firstName: evil, [evil]: evil },
      tags: [evil],
    });
    channel.sandbox.store.send(id, { type: 'quick_reply', title: evil, replies: [evil] });
    await openContact(page, '<script>');
    expect(await page.locator('#conversation h2').innerText()).toBe(evil);
    expect(await page.locator('.bubble .text').innerText()).toBe(evil);
    await fill(page, { contact_id: id, lastName: evil });
    expect((await run(page)).text).toContain(evil);
    expect(await page.title()).toBe('Update Contact · Channel console');
    expect(await page.locator('img').count()).toBe(0);
  });
});

describe('a whole template', () => {
  it('is sent from its example, and shown as on a phone: picture, text, link and quick reply', async () => {
    const page = await open('creates.send_template');
    await openContact(page, 'Mahin Dar');
    expect(await page.locator('#fields h2.group').allInnerTexts()).not.toEqual([]);
    await page.click('#example');
    await page.locator('#field-template_buttons-1').waitFor();
    expect(await run(page)).toEqual({ title: 'Success', text: expect.any(String) });
    const bubble = page.locator('.bubble').last();
    const decode = bubble
      .locator('img')
      .evaluate((img) => Reflect.apply(Reflect.get(img, 'decode'), img, []));
    await expect(decode).resolves.toBe(undefined);
    expect(await bubble.locator('.text').innerText()).toBe('Hi Mahin, your order #1043 is on its way.');
    expect(await bubble.getByRole('link', { name: 'Track it' }).getAttribute('href')).toBe(
      'https://example.com/orders/1043',
    );
    expect(await bubble.getByRole('list', { name: 'Quick replies' }).innerText()).toBe('Call me');
  });

  it('has its line items filled in row by row, and empty cells are not sent', async () => {
    const page = await open('creates.send_template');
    const template = { template_name: 'order', template_language: 'en', template_text: 'Hi {1}' };
    await fill(page, { contact_id: sampleId, ...template, template_parameters: ['<Ana>'] });
    await page.getByLabel('Template Buttons: button text 1').fill('Yes');
    await page.click('#field-template_buttons-add');
    await page.locator('#field-template_buttons-1:focus').fill('Track');
    const address = page.getByLabel('Template Buttons: button url 2');
    expect((await address.boundingBox())?.width).toBeGreaterThan(250);
    await address.fill('https://example.com/a');
    await run(page);
    expect(await page.locator('.bubble .text').last().innerText()).toBe('Hi <Ana>');
    const [sent] = channel.sandbox.store.messagesOf(sampleId);
    expect(Object(sent?.message).template.components.at(-1)).toEqual({
      type: 'buttons',
      buttons: [
        { type: 'quick_reply', text: 'Yes' },
        { type: 'url', text: 'Track', url: 'https://example.com/a' },
      ],
    });
  });
});
