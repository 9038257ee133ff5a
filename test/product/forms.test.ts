import { expect, it } from '@jest/globals';
import * as schema from 'zod';
import App from '../../index.ts';
import { messageTypes } from '../../src/inputs/message-form.ts';
import { createRunner } from '../../tools/zapier/runner.ts';

// The snapshot is all that a Zap builder reads before the first run. Read its diff as they would: `jest -u` accepts it.

const run = createRunner(App);
const plainField = schema.looseObject({ key: schema.string(), children: schema.unknown().optional() });
const fields = schema.array(schema.union([plainField, schema.function()]));

/** A line for each field: its key, what kind of field it is, and its words. */
function lines(of: unknown, indent = '  '): string[] {
  return fields.parse(of).flatMap((given) => {
    if (typeof given === 'function') return [`${indent}and what a function offers`];
    const { key, children, ...field } = given;
    const words = Object.entries(field).map(([name, value]) =>
      value && typeof value === 'object' && 'perform' in value
        ? `${name}: looked up`
        : `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    );
    return [`${indent}${key} | ${words.join(' | ')}`, ...(children ? lines(children, `${indent}  `) : [])];
  });
}

const operations = Object.entries({ ...App.triggers, ...App.searches, ...App.creates });
const places = Object.fromEntries(
  (['triggers', 'searches', 'creates'] as const).flatMap((type) =>
    Object.keys(App[type]).map((key) => [key, `${type}.${key}`]),
  ),
);

it('the form of the connection reads as it is written down', () => {
  expect(lines(App.authentication?.fields).join('\n')).toMatchSnapshot();
});

it.each(operations)(
  'the form of %s reads as it is written down',
  async (key, { noun, display, operation }) => {
    const { inputFields, outputFields, sample, ...rest } = Object(operation);
    const form = await run(`${places[key]}.operation.inputFields`);
    expect(
      [
        `${display.label} (${noun}): ${display.description}`,
        ...Object.entries(rest)
          .filter(([, value]) => typeof value !== 'function')
          .map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`),
        'Asks for:',
        ...lines(form),
        'Gives:',
        ...lines(outputFields),
        `  like ${JSON.stringify(sample)}`,
      ].join('\n'),
    ).toMatchSnapshot();
  },
);

it.each([
  ...[...messageTypes.keys()].map((type) => ['send_message', 'message_type', type]),
  ...['text', 'image', 'video', 'document'].map((type) => ['send_template', 'template_header_type', type]),
])(
  'the fields that the form of %s has only for the %s %s read as they are written down',
  async (...choice) => {
    const [key, field = '', type] = choice;
    const form = async (chosen?: string) =>
      lines(await run(`creates.${key}.operation.inputFields`, { inputData: { [field]: chosen } }));
    const without = await form('unknown');
    expect((await form(type)).filter((line) => !without.includes(line)).join('\n')).toMatchSnapshot();
  },
);

it('the pairs of a search and a create read as they are written down', () => {
  expect(App.searchOrCreates).toMatchSnapshot();
});
