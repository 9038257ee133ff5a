import * as schema from 'zod';

const fieldValue = schema.union([schema.string(), schema.number(), schema.boolean(), schema.null()]);
// zod's own check of URLs trims them, and messages are kept byte for byte.
const url = schema
  .string()
  .refine((text) => /^https?:/i.test(text) && URL.canParse(text), 'This is not an http or https URL.');

/** The fields of a contact's creation and update. */
export const fieldsBody = schema
  .strictObject({
    custom_fields: schema
      .array(schema.strictObject({ name: schema.string().min(1), value: fieldValue }))
      .min(1)
      .max(30, 'Maximum 30 fields per request.'),
  })
  .transform((body) => Object.fromEntries(body.custom_fields.map(({ name, value }) => [name, value])));

/** The tags to add or to remove. */
export const tagsBody = schema
  .strictObject({
    tags: schema.array(schema.string().min(1)).min(1).max(10, 'Maximum 10 tags per request.'),
  })
  .transform((body) => body.tags);

const reply = schema
  .string()
  .min(1)
  .refine((text) => [...text].length <= 20, 'A quick reply has at most 20 characters.');

const variables = schema
  .array(schema.strictObject({ type: schema.literal('text'), text: schema.string() }))
  .min(1)
  .optional();

/** Whether the variables of a template's text are exactly {{1}}, {{2}}… and have one parameter each. */
function fits(text: string, parameters: readonly unknown[] = []): boolean {
  const numbers = new Set(Array.from(text.matchAll(/\{\{(\d+)\}\}/g), ([, number]) => Number(number)));
  return (
    numbers.size === parameters.length &&
    [...numbers].every((number) => number >= 1 && number <= parameters.length)
  );
}
const unfitting = 'One parameter is needed for each of {{1}}, {{2}}… in the text, and none without.';

const body = schema
  .strictObject({ type: schema.literal('body'), text: schema.string().min(1), parameters: variables })
  .refine(({ text, parameters }) => fits(text, parameters), unfitting);

const media = schema.strictObject({
  link: url,
  filename: schema.string().min(1),
  caption: schema.string(),
});
const header = schema.discriminatedUnion('format', [
  schema.strictObject({
    type: schema.literal('header'),
    format: schema.literal('image'),
    parameters: schema.tuple([schema.strictObject({ type: schema.literal('image'), image: media })]),
  }),
  schema.strictObject({
    type: schema.literal('header'),
    format: schema.literal('video'),
    parameters: schema.tuple([schema.strictObject({ type: schema.literal('video'), video: media })]),
  }),
  schema.strictObject({
    type: schema.literal('header'),
    format: schema.literal('document'),
    parameters: schema.tuple([schema.strictObject({ type: schema.literal('document'), document: media })]),
  }),
  schema
    .strictObject({
      type: schema.literal('header'),
      format: schema.literal('text'),
      text: schema.string().min(1),
      parameters: variables,
    })
    .refine(({ text, parameters }) => fits(text, parameters), unfitting),
]);

const button = schema.discriminatedUnion('type', [
  schema
    .strictObject({ type: schema.literal('url'), text: schema.string().min(1), url, parameters: variables })
    .refine(({ url, parameters }) => fits(url, parameters), unfitting),
  schema.strictObject({ type: schema.literal('quick_reply'), text: schema.string().min(1) }),
]);
const buttons = schema.strictObject({
  type: schema.literal('buttons'),
  buttons: schema.array(button).min(1).max(10, 'Maximum 10 buttons.'),
});

/** The body is documented; header and buttons are taken from the newer API of the same platform. */
const components = schema
  .array(schema.discriminatedUnion('type', [header, body, buttons]))
  .refine(
    (list) => /^(header )?body( buttons)?$/.test(list.map(({ type }) => type).join(' ')),
    'The components are a header, the body and buttons, in this order; only the body is required.',
  );

const message = schema.discriminatedUnion('type', [
  schema.strictObject({ type: schema.literal('text'), text: schema.string().min(1) }),
  schema.strictObject({ type: schema.enum(['image', 'video', 'audio', 'file']), url }),
  schema.strictObject({
    type: schema.literal('quick_reply'),
    title: schema.string().min(1),
    replies: schema.array(reply).min(1).max(10, 'Maximum 10 quick replies.'),
  }),
  schema.strictObject({
    type: schema.literal('whatsapp_template'),
    template: schema.strictObject({
      name: schema.string().min(1),
      languageCode: schema.string().min(1),
      components,
    }),
  }),
]);

export type Message = schema.infer<typeof message>;

/** A message and its option. Where `forceCancelSurvey` goes is inferred: the documents say "in the payload". */
export const messageBody = schema
  .strictObject({
    body: schema.tuple([message], {
      error: ({ code }) => (code === 'too_big' ? 'Only one message can be sent in a call.' : undefined),
    }),
    forceCancelSurvey: schema.boolean().optional(),
  })
  .transform(({ body, forceCancelSurvey }) => ({ message: body[0], forceCancelSurvey }));
