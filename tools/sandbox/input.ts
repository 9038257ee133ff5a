import type { Context, MiddlewareHandler } from 'hono';
import * as schema from 'zod';
import type { Env } from './log.ts';
import { Refusal } from './refusal.ts';

const wholeNumber = schema
  .string()
  .regex(/^[1-9]\d{0,8}$/, 'page must be a whole number from 1.')
  .transform(Number);

const searchQuery = schema.strictObject({
  name: schema.string().min(1),
  value: schema.string().min(1),
  page: wholeNumber.default(1),
});

/** The query of a search by custom field. */
export function readSearch(c: Context): schema.infer<typeof searchQuery> {
  return parse(searchQuery, queryOf(c));
}

/** Refuses any query. */
export const withoutQuery: MiddlewareHandler = async (c, next) => {
  parse(schema.strictObject({}), queryOf(c));
  await next();
};

/** The JSON body. Throws Refusal where it has a key or a value that the documents do not show. */
export function readBody<Body>(c: Context<Env>, shape: schema.ZodType<Body>): Body {
  if (!/^application\/json *(;|$)/i.test(c.req.header('Content-Type') ?? '')) {
    throw new Refusal('The Content-Type must be application/json.');
  }
  return parse(shape, parseJson(c.get('body')));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('The body is not JSON.');
  }
}

function queryOf(c: Context): Record<string, string> {
  const pairs = [...new URL(c.req.url).searchParams];
  const query = Object.fromEntries(pairs);
  if (Object.keys(query).length < pairs.length) throw new Refusal('A query parameter is given twice.');
  return query;
}

function parse<Value>(shape: schema.ZodType<Value>, input: unknown): Value {
  const { error, data } = shape.safeParse(input);
  if (!error) return data;
  const reasons = error.issues.map(({ path, message }) =>
    [path.join('.'), message].filter(Boolean).join(': '),
  );
  throw new Refusal(reasons.join(' '));
}
