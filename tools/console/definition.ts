import * as schema from 'zod';
import type { Integration } from '../zapier/runner.ts';
import { type Field, readFields } from './fields.ts';

const display = schema.object({ label: schema.string(), description: schema.string() });

const named = schema.object({ key: schema.string(), label: schema.string().optional() });
const outputSchema = named.extend({ children: schema.array(named).default([]) });

const operation = schema.object({
  display,
  operation: schema.object({
    inputFields: schema.array(schema.unknown()).default([]),
    inputFieldGroups: schema
      .array(schema.object({ key: schema.string(), label: schema.string() }))
      .default([]),
    outputFields: schema.array(schema.unknown()).transform((fields) =>
      // Functions in the list are left out, because only a run tells which fields they return.
      fields.flatMap((field) => outputSchema.safeParse(field).data ?? []),
    ),
  }),
});

const operations = schema.record(schema.string(), operation);

const definitionSchema = schema.object({
  version: schema.string(),
  authentication: schema.object({ fields: schema.unknown().transform(readFields) }),
  triggers: operations,
  searches: operations,
  creates: operations,
  searchOrCreates: schema.record(
    schema.string(),
    schema.object({ display, search: schema.string(), create: schema.string() }),
  ),
});

const kinds = { triggers: 'Trigger', searches: 'Search', creates: 'Action' } as const;

/** A step as Zapier's editor offers it: an operation, or a search together with a create. */
export interface Step {
  /** Its path in the definition, such as `creates.add_tags`. */
  place: string;
  kind: 'Trigger' | 'Search' | 'Search or create' | 'Action';
  label: string;
  description: string;
  /** The operations that it runs: one, or a search followed by a create if the search finds nothing. */
  parts: [string, ...string[]];
  /** The titles of the groups of its form, by key. */
  groups: ReadonlyMap<string, string>;
  /** The labels of its output fields, and of those in its line items, by key. */
  outputLabels: ReadonlyMap<string, string>;
}

/** The parts of an integration's definition that the console shows. */
export interface Definition {
  version: string;
  connectionFields: Field[];
  steps: Step[];
  /** Returns the place of the function that fetches a field's choices. */
  choicesPlace: (step: Step, key: string) => string | undefined;
}

/** Reads an integration's definition. Throws if the console cannot show it. */
export function readDefinition(integration: Integration): Definition {
  const { version, authentication, searchOrCreates, ...types } = definitionSchema.parse(integration);
  const found = new Map(
    Object.entries(types).flatMap(([type, group]) =>
      Object.entries(group).map(([key, part]) => [`${type}.${key}`, part]),
    ),
  );
  const outputLabels = (place: string) =>
    new Map(
      found
        .get(place)
        ?.operation.outputFields.flatMap(({ children, ...field }) => [...children, field])
        .map(({ key, label }) => [key, label ?? key]),
    );
  const groups = (...places: string[]) =>
    new Map(
      places.flatMap((place) =>
        (found.get(place)?.operation.inputFieldGroups ?? []).map(({ key, label }) => [key, label]),
      ),
    );

  const single = (type: keyof typeof kinds): Step[] =>
    Object.entries(types[type]).map(([key, part]) => {
      const place = `${type}.${key}`;
      return {
        place,
        kind: kinds[type],
        ...part.display,
        parts: [place],
        groups: groups(place),
        outputLabels: outputLabels(place),
      };
    });
  const double = Object.entries(searchOrCreates).map(([key, part]): Step => {
    const [search, create] = [`searches.${part.search}`, `creates.${part.create}`];
    return {
      place: `searchOrCreates.${key}`,
      kind: 'Search or create',
      ...part.display,
      parts: [search, create],
      groups: groups(search, create),
      outputLabels: outputLabels(search),
    };
  });

  return {
    version,
    connectionFields: authentication.fields,
    steps: [...single('triggers'), ...single('searches'), ...double, ...single('creates')],
    choicesPlace: ({ parts }, key) => {
      const places = parts.map((part) => {
        const keys = found.get(part)?.operation.inputFields.map((field) => Reflect.get(Object(field), 'key'));
        return [part, keys?.indexOf(key) ?? -1] as const;
      });
      const [part, index] = places.find(([, index]) => index >= 0) ?? [];
      return part && `${part}.operation.inputFields.${index}.choices.perform`;
    },
  };
}
