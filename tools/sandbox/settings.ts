/** The orders results can come in. Shuffled is stable and has nothing to do with when a contact was created. */
export const ORDERS = ['newest_first', 'oldest_first', 'shuffled'] as const;
export type Order = (typeof ORDERS)[number];

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
