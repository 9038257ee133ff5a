import type { Order } from './places.ts';

/** What can be changed while the sandbox runs. */
export interface Settings {
  /** The one token that is accepted. */
  token: string;
  /** The order of search results. */
  order: Order;
  /** Whether contact IDs in paths must come Base64-encoded. */
  viber: boolean;
  /** Whether requests beyond the rate limits are refused with 429. */
  rateLimits: boolean;
}
