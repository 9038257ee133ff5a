export const HOUR = 3_600; // Seconds.
export const DAY = 24 * HOUR;
