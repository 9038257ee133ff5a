import * as schema from 'zod/mini';

/** Any value, or none. Shared, because each schema costs time at every cold start. */
export const anything = schema.optional(schema.unknown());

/** Reads a value that does not fit as undefined. `catch` of zod would be ten times as large in the bundle. */
export function optionalIfValid<T>(inner: schema.ZodMiniType<T>): schema.ZodMiniType<T | undefined> {
  return schema.pipe(
    anything,
    schema.transform((value) => inner.safeParse(value).data),
  );
}

/** A text; undefined for any other value. */
export const optionalText = optionalIfValid(schema.string());

/** An answer that only says if something was done. The API writes both `success` and `Success`. */
export const successShape = {
  status: schema.optional(schema.string().check(schema.refine((status) => /^success$/i.test(status)))),
  // The message is only shown to the user, so an answer without it is a success too.
  message: optionalText,
};
