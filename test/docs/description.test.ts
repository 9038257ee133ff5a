import { describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { description, reasonsOf, schemaAt } from '../../tools/sandbox/openapi.ts';

/** Returns every object of the OpenAPI description with its JSON pointer, such as `#/paths/~1contact~1/post`. */
function objectsOf(value: unknown, place = '#'): [place: string, object: Record<string, unknown>][] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, child]) =>
    objectsOf(child, `${place}/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}`),
  );
  return [[place, { ...value }], ...inner];
}
const objects = objectsOf(description);

describe('docs/api/openapi.yaml', () => {
  it('is valid OpenAPI 3.1', async () => {
    expect(description.openapi).toMatch(/^3\.1\./);
    // The validator modifies its argument, and the other tests read the same description, so it gets a copy.
    expect(await new Validator().validate(structuredClone(description))).toEqual({ valid: true });
  });

  const examples = objects.flatMap(([place, { schema, examples }]) =>
    examples && schema
      ? Object.entries(examples).map(([name, { value }]) => ({ place: `${place}/schema`, name, value }))
      : [],
  );
  it.each(examples)('the example $name fits $place', ({ place, value }) => {
    const isRight = schemaAt(place);
    expect(isRight(value) ? '' : reasonsOf(isRight, 'example')).toBe('');
  });

  it('says of every request, answer, error, example and schema which document it is from', () => {
    const named = [...description.info.description.matchAll(/^\| (.+?) \|/gm)].map(([, name]) => name);
    const sourced =
      /^#\/(?:paths\/[^/]+\/(?!parameters)\w+|components\/[^/]+\/\w+|.+\/(?:responses|examples)\/[\w.]+|servers\/\d|tags\/\d)$/;
    for (const [place, { $ref, 'x-source': source }] of objects) {
      if ($ref !== undefined || (source === undefined && !sourced.test(place))) continue;
      const unknown = [source].flat().filter((name) => !named.includes(String(name)));
      expect({ place, unknown }).toEqual({ place, unknown: [] });
    }
    expect(examples.length).toBeGreaterThan(25);
  });
});
