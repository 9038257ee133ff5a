import http from 'node:http';
import https from 'node:https';
import { expect, it } from '@jest/globals';
import * as schema from 'zod';
import App from '../../index.ts';
import { valueAt } from '../../tools/zapier/recipe.ts';
import { createRunner } from '../../tools/zapier/runner.ts';
import { sampleRuns } from '../../tools/zapier/sample-runs.ts';

// Rules of Zapier's reviewers and of its integration checks. Offline, the platform's `validate` checks none of them:
// https://docs.zapier.com/platform/publish/integration-checks-reference

const field = schema.object({
  key: schema.string(),
  label: schema.string(),
  helpText: schema.string().optional(),
});
const fields = schema.array(field.extend({ children: schema.array(field).default([]) }));

const form = createRunner(App);
const forms = sampleRuns.flatMap(({ runs }) =>
  runs.map(({ place, inputData }) => form(`${place}.operation.inputFields`, { inputData })),
);
const shown = [App.authentication?.fields, ...(await Promise.all(forms))]
  .flatMap((of) => fields.parse(of))
  .flatMap(({ children, ...of }) => [of, ...children]);
const operations = ['triggers', 'searches', 'creates'].flatMap((type) =>
  Object.values(Object(App)[type]).map((operation) => ({ type, ...Object(operation) })),
);
const displays = [...operations, ...Object.values(App.searchOrCreates ?? {})].map(({ display }) => display);

const isTitleCase = (label: string) =>
  label.split(' ').every((word, n) => /^[A-Z]/.test(word) || (n > 0 && /^(?:by|from|if|or|to)$/.test(word)));

/** Zapier shows these texts as Markdown: a web address must be a link with https, or an example in backticks. */
const isPlain = (text: string) =>
  !/https?:|\]\(/.test(text.replaceAll(/`[^`]*`|\[[^\]]+\]\(https:\/\/[^)\s]+\)/g, '')) &&
  !/\b(?:javascript|data|vbscript):/i.test(text) &&
  !/[¿¡À-ɏ]/.test(text) &&
  /\.\)?$/.test(text);

it('every text is an English sentence, whose links are https', () => {
  const texts = [...displays.map(({ description }) => description), ...shown.map(({ helpText }) => helpText)];
  expect(texts.filter((text) => text !== undefined && !isPlain(text))).toEqual([]);
});

it('every label is in title case, and no help text only repeats it', () => {
  const labels = [...displays, ...shown].map(({ label }) => label);
  expect(labels.filter((label) => !isTitleCase(label))).toEqual([]);
  const repeats = ({ label, helpText = '' }: { label: string; helpText?: string | undefined }) =>
    helpText.toLowerCase().startsWith(label.toLowerCase());
  expect(shown.filter(repeats)).toEqual([]);
});

it('a trigger says when it triggers, and another operation has a verb before its noun', () => {
  for (const { type, noun, display } of operations) {
    if (type === 'triggers') expect(display.description).toMatch(/^Triggers when /);
    // The label of API Request has no verb, because the user chooses the method.
    else if (noun !== 'Request')
      expect(display.label).toMatch(new RegExp(`^(?!${noun})[A-Z][a-z]+ .*${noun}`));
  }
});

const types: Record<string, schema.ZodType> = {
  string: schema.string(),
  integer: schema.int(),
  boolean: schema.boolean(),
  datetime: schema.iso.datetime({ offset: true }),
  list: schema.array(schema.unknown()),
};

it.each(operations)('the outputs of $key are those of its sample, each with a label', ({ operation }) => {
  const { outputFields, sample } = operation;
  const outputs = outputFields.filter((output: unknown) => typeof output === 'object');
  for (const { key, label, type = 'string', list, children } of outputs) {
    expect(label).toMatch(/^[A-Z]/);
    const expected = types[list || children ? 'list' : type];
    expect([key, expected?.safeParse(valueAt(sample, key)).success]).toEqual([key, true]);
  }
  const keys = outputs.map(({ key }: { key: string }) => key.split('__')[0]);
  expect([...new Set(keys)].sort()).toEqual(Object.keys(sample).sort());
});

// Zapier shows its "add a search step" button only next to a dropdown, so even an empty dropdown helps the user.
it('a Contact ID has a dropdown, which is empty: the API cannot list contacts', async () => {
  const dropdowns = operations
    .flatMap(({ operation }) => operation.inputFields)
    .filter(({ key, choices }) => key === 'contact_id' && choices);
  expect(dropdowns.length).toBeGreaterThan(3);
  for (const { choices } of dropdowns) {
    expect(await choices.perform()).toEqual({ results: [], paging_token: null });
  }
});

it('asks Zapier to hand inputs on as the user left them', () => {
  expect(App.flags).toMatchObject({ cleanInputData: false });
});

it("a run leaves Node's http as it is", async () => {
  const before = [http.request, https.request];
  await form('creates.send_message.operation.inputFields');
  expect([http.request, https.request]).toEqual(before);
});
