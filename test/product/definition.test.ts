import { describe, expect, it } from '@jest/globals';
import App from '../../index.ts';

const operations = { ...App.triggers, ...App.searches, ...App.creates };
const operationsByKey = Object.entries(operations);

/** What a form makes of a field: nothing where it is an optional single value. */
const required = { required: true };
const list = { list: true };
const pairs = { dict: true };
const requiredList = { ...required, ...list };

describe('the form of an operation', () => {
  it.each<[string, Record<string, object>]>([
    ['new_contact', { field_name: required, field_values: requiredList }],
    ['find_contact_by_id', { contact_id: required }],
    ['find_contact_by_custom_field', { field_name: required, field_value: required }],
    ['create_contact', { firstName: {}, phone: {}, email: {}, custom_fields: pairs }],
    ['update_contact', { contact_id: required, firstName: {}, custom_fields: pairs, clear_fields: list }],
    ['create_or_update_contact', { match_field: required, match_value: required, custom_fields: pairs }],
    ['add_tags', { contact_id: required, tags: requiredList }],
    ['remove_tags', { contact_id: required, tags: requiredList }],
    ['send_message', { contact_id: required, message_type: required, force_cancel_survey: {} }],
    ['api_request', { method: required, path: required, query: pairs, body: {} }],
  ])('%s asks for what it needs, as one value, a list or pairs', (key, expected) => {
    const { operation } = Object(Reflect.get(operations, key));
    for (const [fieldKey, flags] of Object.entries(expected)) {
      const field = operation.inputFields.find((one: object) => Reflect.get(one, 'key') === fieldKey);
      const shape = { required: !!field.required, list: !!field.list, dict: !!field.dict };
      expect({ [fieldKey]: shape }).toEqual({
        [fieldKey]: { required: false, list: false, dict: false, ...flags },
      });
    }
  });
});

describe('the outputs of an operation', () => {
  it.each(operationsByKey)(
    '%s names all that its sample holds, and nothing that it lacks',
    (_key, { operation }) => {
      const { outputFields, sample } = Object(operation);
      const named = outputFields.map(({ key }: { key: string }) => key.split('__')[0]);
      expect([...new Set(named)].sort()).toEqual(Object.keys(sample).sort());
      expect(named.length).toBeGreaterThan(1);
    },
  );

  it.each(operationsByKey)('%s gives each of them a label', (_key, { operation }) => {
    for (const { label } of Object(operation).outputFields) expect(label).toMatch(/^[A-Z]/);
  });
});
