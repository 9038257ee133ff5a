import type { Integration } from '../../../tools/zapier/runner.ts';

/** The properties of an input, output or connection field that the checks read. */
export interface Field {
  key: string;
  label?: string;
  type?: string;
  helpText?: string;
  required?: boolean;
  primary?: boolean;
  list?: boolean;
  dynamic?: string;
  search?: string;
  choices?: unknown;
  altersDynamicFields?: boolean;
  children?: Field[];
}

/** The properties of a trigger, search or action that a reviewer sees. */
export interface Operation {
  /** Its type and key, such as `creates.add_tags`. */
  place: string;
  type: string;
  noun: string;
  label: string;
  description: string;
  inputFields: Field[];
  outputFields: Field[];
  sample: Record<string, unknown> | undefined;
  hasStaticFields: boolean;
}

type Definition = {
  key: string;
  noun: string;
  display: { label: string; description: string };
  operation: object;
};

/** Returns every field of a form: fields of line items too, and fields that appear only after certain choices. */
function allFields(fields: unknown[]): Field[] {
  const plain = fields.filter((field): field is Field => typeof field === 'object');
  const functions = fields.filter((field) => typeof field === 'function');
  const show = (inputData: Record<string, string>): Field[] =>
    functions.flatMap((fieldsFor) => fieldsFor({}, { inputData }));
  const choicesOf = ({ key, choices, altersDynamicFields }: Field) =>
    altersDynamicFields ? Object.keys(choices ?? {}).map((choice) => ({ [key]: choice })) : [];
  const shown = plain.flatMap(choicesOf).flatMap((chosen) => {
    const first = show(chosen);
    return [first, ...first.flatMap(choicesOf).map((next) => show({ ...chosen, ...next }))].flat();
  });
  return [...plain, ...shown].flatMap((field) => [field, ...(field.children ?? [])]);
}

/** Returns all operations of an integration with their forms expanded, so that the checks need not call functions. */
export function operationsOf(integration: Integration): Operation[] {
  return (['triggers', 'searches', 'creates'] as const).flatMap((type) =>
    Object.values(integration[type]).map((definition) => {
      const { key, noun, display, operation }: Definition = Object(definition);
      const { inputFields = [], outputFields = [], sample } = Object(operation);
      return {
        ...display,
        noun,
        type,
        place: `${type}.${key}`,
        inputFields: allFields(inputFields),
        outputFields: outputFields.filter((field: unknown) => typeof field === 'object'),
        sample,
        hasStaticFields: inputFields.some((field: unknown) => typeof field === 'object'),
      };
    }),
  );
}

/** Returns the fields that a user fills in to connect, or an empty list if there are none. */
export function connectionFields({ authentication }: Integration): Field[] {
  return Object(authentication).fields ?? [];
}
