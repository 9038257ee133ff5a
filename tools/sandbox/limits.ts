import { RateLimiterMemory } from 'rate-limiter-flexible';

/** The two documents' rates, counted apart. */
export type Resource = 'contact' | 'message';

/** Counts requests per token, in windows that begin with a first request. Follows the real clock. */
export class RateLimits {
  readonly #limiters = {
    contact: new RateLimiterMemory({ points: 100, duration: 60 }),
    message: new RateLimiterMemory({ points: 25, duration: 1 }),
  };

  /** Counts a request; false when it is one too many. */
  async allow(resource: Resource, token: string): Promise<boolean> {
    return this.#limiters[resource].consume(token).then(
      () => true,
      () => false,
    );
  }
}
