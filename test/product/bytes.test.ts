import { it } from '@jest/globals';
import fc from 'fast-check';
import { api, apiContact, run } from '../support/zap.ts';

/** Non-empty texts that a person can type. They include `{{…}}`, which the platform would replace if we let it. */
const texts = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('Hola {{first_name}} {{bundle.inputData.x}} 🎉 "a&b"\n+1 100%\t', ' {{1}} '),
  )
  .filter((text) => /[!-~\p{L}]/u.test(text) && text.isWellFormed());

/** Runs a step with 100 random texts. Fails if a request's body differs, because nock answers only the expected one. */
async function arrives(
  place: string,
  inputs: (text: string) => Record<string, unknown>,
  body: (text: string) => object,
): Promise<void> {
  const send = async (text: string) => {
    api()
      .intercept(/./, /update/.test(place) ? 'PUT' : 'POST', { ...body(text) })
      .reply(200, { status: 'success', data: { id: apiContact.id } });
    await run(place, inputs(text));
  };
  await fc.assert(fc.asyncProperty(texts, send), { numRuns: 100 });
}

const fields = (value: string) => ({
  custom_fields: [
    { name: 'firstName', value },
    { name: 'plan', value },
  ],
});

it('a text message arrives byte for byte', () =>
  arrives(
    'creates.send_message',
    (text) => ({ contact_id: 'c1', text }),
    (text) => ({ body: [{ type: 'text', text }] }),
  ));

it.each(['create_contact', 'update_contact'])('the fields of %s arrive byte for byte', (key) =>
  arrives(
    `creates.${key}`,
    (text) => ({ contact_id: 'c1', firstName: text, custom_fields: { plan: text } }),
    fields,
  ),
);
