import { describe, expect, it } from '@jest/globals';
import App from '../../index.ts';

const operations = { ...App.triggers, ...App.searches, ...App.creates };
const operationsByKey = Object.entries(operations);

describe('the outputs of an operation', () => {
  it.each(operationsByKey)(
    '%s names all that its sample holds, and nothing that it lacks',
    (_key, { operation }) => {
      const { outputFields, sample } = Object(operation);
      const named = outputFields.map(({ key }: { key: string }) => key.split('__')[0]);
      expect([...new Set(named)].sort()).toEqual(Object.keys(sample).sort());
      expect(named.length).toBeGreaterThan(0);
    },
  );

  it.each(operationsByKey)('%s gives each of them a label', (_key, { operation }) => {
    for (const { label } of Object(operation).outputFields) expect(label).toMatch(/^[A-Z]/);
  });
});
