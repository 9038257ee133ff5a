import { RateLimiterMemory } from 'rate-limiter-flexible';

/** What is limited: requests about contacts and messages, each by its own limit. */
export type Resource = 'contact' | 'message';

/** Counts requests per token, in windows that begin with the first request after the last window. Uses the real clock. */
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
