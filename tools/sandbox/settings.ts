/** The orders of search results. `shuffled` is stable, and independent of when a contact was created. */
export const ORDERS = ['newest_first', 'oldest_first', 'shuffled'] as const;
export type Order = (typeof ORDERS)[number];

/** The settings that can be changed while the sandbox runs. */
export interface Settings {
  /** The one token that is accepted. */
  token: string;
  order: Order;
  /** True if contact IDs in paths must be Base64-encoded. */
  viber: boolean;
  /** True if requests beyond the rate limits are refused with 429. */
  rateLimits: boolean;
}
