import type { MiddlewareHandler } from 'hono';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Env } from './log.ts';
import { Refusal } from './refusal.ts';
import type { Settings } from './settings.ts';

/**
 * What is checked before all else: the method (Hono would answer HEAD as GET), the token, then the rate limit, which
 * counts in windows that begin with the first request after the last window, by the real clock.
 */
export function createGuard(settings: Readonly<Settings>) {
  const limits = {
    contact: new RateLimiterMemory({ points: 100, duration: 60 }),
    message: new RateLimiterMemory({ points: 25, duration: 1 }),
  };
  return (resource: keyof typeof limits): MiddlewareHandler<Env> =>
    async (c, next) => {
      if (c.req.method === 'HEAD') methodNotAllowed();
      if (c.req.header('Authorization') !== `Bearer ${settings.token}`) {
        throw new Refusal('API Token is invalid.', 401);
      }
      if (settings.rateLimits) {
        await limits[resource].consume(settings.token).catch(() => {
          throw new Refusal('Too many requests', 429);
        });
      }
      return next();
    };
}

/** Answers a method that a path does not have. */
export function methodNotAllowed(): never {
  throw new Refusal('405 Method Not Allowed.', 405);
}
