import { expect, it } from '@jest/globals';
import * as schema from 'zod';
import App from '../../index.ts';
import { messageTypes } from '../../src/inputs/message-form.ts';
import { createRunner } from '../../tools/zapier/runner.ts';

// The snapshot holds all texts a Zap builder sees before the first run. Read its diff as they would; `jest -u` accepts it.

const run = createRunner(App);
const plainField = schema.looseObject({ key: schema.string(), children: schema.unknown().optional() });
const fields = schema.array(schema.union([plainField, schema.function()]));

/** Returns a property of a field as text. More than 20 choices are shortened to their number and the first three. */
function word([name, value]: [string, unknown]): string {
  if (typeof value === 'string') return `${name}: ${value}`;
  if (typeof Object(value).perform === 'function') return `${name}: looked up`;
  const entries = Object.entries(Object(value));
  if (name !== 'choices' || entries.length <= 20) return `${name}: ${JSON.stringify(value)}`;
  return `${name}: ${entries.length}, from ${JSON.stringify(Object.fromEntries(entries.slice(0, 3)))}`;
}

/** Returns one line for each field: its key, then its settings and texts. Fields of line items follow, indented. */
function lines(of: unknown, indent = '  '): string[] {
  return fields.parse(of).flatMap((given) => {
    if (typeof given === 'function') return [`${indent}and what a function offers`];
    const { key, children, ...field } = given;
    const line = [`${indent}${key}`, ...Object.entries(field).map(word)].join(' | ');
    return [line, ...(children ? lines(children, `${indent}  `) : [])];
  });
}

/** Shortens the snapshot: a field that equals the previous field with the same key becomes "as above" and the key. */
function withoutRepeats(all: string[]): string {
  const last = new Map<string, string>();
  const told = all.map((line) => {
    const [key = ''] = line.split(' | ');
    const isRepeated = line.startsWith('  ') && last.get(key) === line;
    last.set(key, line);
    return isRepeated ? `  as above: ${key.trim()}` : line;
  });
  return told.join('\n').replaceAll(/(?<=as above: .*)\n {2}as above:/g, ',');
}

const operations = (['triggers', 'searches', 'creates'] as const).flatMap((type) =>
  Object.values(App[type]).map((definition) => ({ place: `${type}.${definition.key}`, ...definition })),
);

async function linesOf({ place, noun, display, operation }: (typeof operations)[number]): Promise<string[]> {
  const { inputFields, outputFields, sample, ...rest } = Object(operation);
  const settings = Object.entries(rest).filter(([, value]) => typeof value !== 'function');
  return [
    `${place}: ${display.label} (${noun}): ${display.description}`,
    ...settings.map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`),
    ...lines(await run(`${place}.operation.inputFields`)),
    `returns ${JSON.stringify(sample)}`,
    ...lines(outputFields, '  → '),
  ];
}

const choices = [
  ...[...messageTypes.keys()].map((type) => ['send_message', 'message_type', type]),
  ...['text', 'image', 'video', 'document'].map((type) => ['send_template', 'template_header_type', type]),
];

/** Returns the fields that a form shows only for this choice: those that it does not show for an unknown choice. */
async function linesFor([key, field = '', type]: string[]): Promise<string[]> {
  const form = async (chosen?: string) =>
    lines(await run(`creates.${key}.operation.inputFields`, { inputData: { [field]: chosen } }));
  const always = await form('unknown');
  return [`${key}, ${field} ${type}:`, ...(await form(type)).filter((line) => !always.includes(line))];
}

it('every form reads as it is written down', async () => {
  const parts = [
    ['connection', ...lines(App.authentication?.fields)],
    ...(await Promise.all(operations.map(linesOf))),
    ...(await Promise.all(choices.map(linesFor))),
    ...Object.values(App.searchOrCreates ?? {}).map((pair) => [JSON.stringify(pair)]),
  ];
  expect(withoutRepeats(parts.flat())).toMatchSnapshot();
});
