import { describe, expect, it } from '@jest/globals';
import * as schema from 'zod';
import App from '../../index.ts';
import { createRunner } from '../../tools/zapier/runner.ts';
import { sampleRuns } from '../../tools/zapier/sample-runs.ts';
import { useChannel } from '../support/channel.ts';
import { failure } from '../support/failure.ts';

const channel = useChannel({ contacts: 100 });
const form = createRunner(App);

const fieldSchema = schema.object({
  key: schema.string(),
  label: schema.string(),
  list: schema.boolean().default(false),
  dict: schema.boolean().default(false),
  children: schema.array(schema.object({ key: schema.string(), label: schema.string() })).optional(),
});

/** Returns inputs with an unusable value in this field, each with the label that the error message must name. */
function wrongValues(field: schema.infer<typeof fieldSchema>): { label: string; input: object }[] {
  const { key, label, list, dict, children } = field;
  const value = { not: 'a text' };
  if (children) {
    // A message about a line item names its row, as in "Button 1 Text", because several rows have the same label.
    return children.map((child) => ({
      label: child.label.replace(' ', ' 1 '),
      input: { [key]: [{ text: 'Open', [child.key]: value }] },
    }));
  }
  if (dict) return [{ label, input: { [key]: 'no pairs' } }];
  return [{ label, input: { [key]: list ? ['a text', value] : value } }];
}

describe.each(sampleRuns.flatMap(({ runs }) => runs))('$name', ({ place, inputData, authData = {} }) => {
  it('names the label of the field that holds something it cannot use, and sends nothing', async () => {
    const fields = schema
      .array(fieldSchema)
      .parse(await form(`${place}.operation.inputFields`, { inputData }));
    for (const { label, input } of fields.flatMap(wrongValues)) {
      const failed = await failure(channel.run(place, { ...inputData, ...input }, { authData }));
      const expected = { kind: 'HaltedError', sentence: expect.stringContaining(label) };
      expect([input, failed, channel.requests()]).toEqual([input, expected, []]);
    }
  });
});
