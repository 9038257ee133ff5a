import { it } from '@jest/globals';
import fc from 'fast-check';
import { api, run } from '../support/zap.ts';

/** Non-empty texts that a person can type. They include `{{…}}`, which the platform would replace if we let it. */
const texts = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('Hola {{first_name}} {{bundle.inputData.x}} 🎉 "a&b"\n+1 100%\t', ' {{1}} '),
  )
  .filter((text) => /[!-~\p{L}]/u.test(text) && text.isWellFormed());

const message = (text: string) => ({ body: [{ type: 'text', text }] });
const fields = (value: string) => ({ custom_fields: ['firstName', 'plan'].map((name) => ({ name, value })) });

it.each([
  ['send_message', 'POST', message],
  ['create_contact', 'POST', fields],
  ['update_contact', 'PUT', fields],
])('what is typed into %s arrives byte for byte', async (key, method, body) => {
  // A request with another body fails, because nock answers only the expected one.
  const arrives = async (text: string) => {
    const answer = { status: 'success', data: { id: 'c1' } };
    api()
      .intercept(/./, method, { ...body(text) })
      .reply(200, answer);
    await run(`creates.${key}`, { contact_id: 'c1', text, firstName: text, custom_fields: { plan: text } });
  };
  await fc.assert(fc.asyncProperty(texts, arrives), { numRuns: 100 });
});
