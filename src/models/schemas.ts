import * as schema from 'zod/mini';

/** Any value, or none. Shared, because each schema costs time at every cold start. */
export const anything = schema.optional(schema.unknown());

/** Reads a value that does not fit `inner` as undefined. `catch` of zod would be ten times as large in the bundle. */
export function optionalIfValid<T>(inner: schema.ZodMiniType<T>): schema.ZodMiniType<T | undefined> {
  return schema.pipe(
    anything,
    schema.transform((value) => inner.safeParse(value).data),
  );
}

export const optionalText = optionalIfValid(schema.string());

/** An answer that only says that something was done. The API writes its `status` as `success` or `Success`, or omits it. */
export const successShape = {
  status: schema.optional(schema.string().check(schema.refine((status) => /^success$/i.test(status)))),
  message: optionalText, // It is only shown to the user, and says nothing about success.
};
