export const HOUR = 3_600; // In seconds.
export const DAY = 24 * HOUR;
