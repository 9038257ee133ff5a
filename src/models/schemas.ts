import * as schema from 'zod/mini';

/** Any value, or none. Shared, because every schema takes time to make at each start. */
export const anything = schema.optional(schema.unknown());

/**
 * A schema that gives undefined where a value does not fit, for parts of an answer that are not needed.
 * zod's own `catch` would add ten times as much to the bundle.
 */
export function optionalIfValid<T>(inner: schema.ZodMiniType<T>): schema.ZodMiniType<T | undefined> {
  return schema.pipe(
    anything,
    schema.transform((value) => inner.safeParse(value).data),
  );
}

/** A text; undefined where the value is anything else. */
export const optionalText = optionalIfValid(schema.string());

/** What every answer holds that only says whether something was done. The API writes both `success` and `Success`. */
export const successShape = {
  status: schema.optional(schema.string().check(schema.refine((status) => /^success$/i.test(status)))),
  // Only shown to the user, so an answer without it is a success too.
  message: optionalText,
};
