import * as schema from 'zod/mini';

/** Anything or nothing. Every schema takes its time to make at each start, so this one and `lenientText` are shared. */
export const anything = schema.optional(schema.unknown());

/**
 * A schema that gives undefined where a value does not fit, for what an answer may leave out or write otherwise.
 * It is zod's `catch` at a tenth of its size in the bundle.
 */
export function lenient<T>(inner: schema.ZodMiniType<T>): schema.ZodMiniType<T | undefined> {
  return schema.pipe(
    anything,
    schema.transform((value) => inner.safeParse(value).data),
  );
}

/** A text, where it is one. */
export const lenientText = lenient(schema.string());
