import http from 'node:http';
import https from 'node:https';
import { describe, expect, it } from '@jest/globals';
import App from '../../index.ts';
import { createRunner } from '../../tools/zapier/runner.ts';

const operations = { ...App.triggers, ...App.searches, ...App.creates };
const operationsByKey = Object.entries(operations);

describe('the form of an operation', () => {
  // Zapier shows its "add a search step" button only next to a dropdown, so even an empty dropdown helps the user.
  it('has a dropdown for a contact, which is empty: the API cannot list contacts', async () => {
    const forms = operationsByKey.flatMap(([, { operation }]) => Object(operation).inputFields);
    const dropdowns = forms.filter(({ key, choices }) => key === 'contact_id' && choices);
    expect(dropdowns.length).toBeGreaterThan(3);
    for (const { choices } of dropdowns) {
      expect(await choices.perform()).toEqual({ results: [], paging_token: null });
    }
  });

  it('shows the fields of a text where the platform hands no inputs on', async () => {
    const fields = await createRunner(App)('creates.send_message.operation.inputFields');
    expect(fields).toEqual(expect.arrayContaining([expect.objectContaining({ key: 'text' })]));
  });
});

it("a run leaves Node's http as it is", async () => {
  const before = [http.request, https.request];
  await createRunner(App)('creates.send_message.operation.inputFields');
  expect([http.request, https.request]).toEqual(before);
});

describe('the outputs of an operation', () => {
  it.each(operationsByKey)(
    '%s name all that its sample holds, and nothing that it lacks, each with a label',
    (_key, { operation }) => {
      const { outputFields, sample } = Object(operation);
      const named = outputFields.filter(({ key }: { key?: string }) => key);
      const keys = named.map(({ key }: { key: string }) => key.split('__')[0]);
      expect([...new Set(keys)].sort()).toEqual(Object.keys(sample).sort());
      for (const { label } of named) expect(label).toMatch(/^[A-Z]/);
    },
  );
});
