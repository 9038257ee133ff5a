import type { MiddlewareHandler } from 'hono';

import { RateLimits, type Resource } from './limits.ts';
import type { Env } from './log.ts';
import { Refusal } from './refusal.ts';
import type { Settings } from './settings.ts';

/** What is checked before all else: the method (Hono would answer HEAD as GET), the token, then the rate limit. */
export function createGuard(settings: Readonly<Settings>) {
  const limits = new RateLimits();
  return (resource: Resource): MiddlewareHandler<Env> =>
    async (c, next) => {
      if (c.req.method === 'HEAD') methodNotAllowed();
      if (c.req.header('Authorization') !== `Bearer ${settings.token}`) {
        throw new Refusal('API Token is invalid.', 401);
      }
      if (settings.rateLimits && !(await limits.allow(resource, settings.token))) {
        throw new Refusal('Too many requests', 429);
      }
      return next();
    };
}

/** Answers a method that a path does not have. */
export function methodNotAllowed(): never {
  throw new Refusal('405 Method Not Allowed.', 405);
}
