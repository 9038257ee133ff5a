import { readFileSync } from 'node:fs';
import { Ajv2020, type FormatDefinition, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import * as schema from 'zod';

const referring = schema.object({ $ref: schema.string().optional() });
const operationSchema = schema.object({
  operationId: schema.string(),
  tags: schema.tuple([schema.enum(['Contacts', 'Messages'])]),
  parameters: schema
    .array(
      schema.object({
        name: schema.string(),
        required: schema.boolean().default(false),
        schema: schema.unknown(),
      }),
    )
    .default([]),
  requestBody: referring.optional(),
  responses: schema.record(schema.string(), referring),
});
const descriptionSchema = schema.looseObject({
  openapi: schema.string(),
  info: schema.looseObject({ description: schema.string() }),
  paths: schema.record(schema.string(), schema.record(schema.string(), schema.unknown())),
});

const file = new URL('../../docs/api/openapi.yaml', import.meta.url);
/** The description of the API, `docs/api/openapi.yaml`. */
export const description = descriptionSchema.parse(parse(readFileSync(file, 'utf8')));

/** A request that the description defines. */
export interface Operation {
  /** For example `getContact`. */
  readonly id: string;
  readonly tag: 'Contacts' | 'Messages';
  /** In capitals, such as `GET`. */
  readonly method: string;
  /** Returns the reasons to refuse a query; an empty text if there are none. */
  readonly checkQuery: (query: object) => string;
  /** The place of the body's schema in the description; undefined if the operation has no body. */
  readonly body: string | undefined;
  /** The places of the answers' schemas, by status. */
  readonly answers: ReadonlyMap<number, string>;
}

// A query holds its numbers as text, so only there a text is accepted as a number.
const int32: FormatDefinition<number> = { type: 'number', validate: (number) => number < 2 ** 31 };
const options = { strict: false, formats: { uri: (text: string) => URL.canParse(text), int32 } };
const ajv = new Ajv2020({ ...options, discriminator: true }).addSchema(description, 'api');
const queryAjv = new Ajv2020({ ...options, coerceTypes: true });

/** Returns a check of values against a schema of the description, such as `#/components/schemas/Text`. */
export const schemaAt = <Value>(place: string): ValidateFunction<Value> =>
  ajv.compile<Value>({ $ref: `api${place}` });

/** Describes in words what a check found. */
export const reasonsOf = ({ errors = [] }: ValidateFunction, name: string): string =>
  ajv.errorsText(errors, { dataVar: name });

function readOperation(path: string, method: string, given: unknown): Operation {
  const { operationId, tags, parameters, requestBody, responses } = operationSchema.parse(given);
  const isQuery = queryAjv.compile({
    type: 'object',
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  });
  const here = `#/paths/${encodeURIComponent(path.replaceAll('/', '~1'))}/${method}`;
  const contentOf = (place: string) => `${place}/content/application~1json/schema`;
  return {
    id: operationId,
    tag: tags[0],
    method: method.toUpperCase(),
    checkQuery: (query) => (isQuery(query) ? '' : reasonsOf(isQuery, 'query')),
    body: requestBody && contentOf(requestBody.$ref ?? `${here}/requestBody`),
    answers: new Map(
      Object.entries(responses).map(([status, { $ref }]) => [
        Number(status),
        contentOf($ref ?? `${here}/responses/${status}`),
      ]),
    ),
  };
}

/** The operations by path, such as `/contact/{contact_id}`, in the description's order. */
export const operationsByPath: ReadonlyMap<string, Operation[]> = new Map(
  Object.entries(description.paths).map(([path, { parameters: _, ...methods }]) => [
    path,
    Object.entries(methods).map(([method, operation]) => readOperation(path, method, operation)),
  ]),
);
