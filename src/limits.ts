import type { ThrottleObject } from 'zapier-platform-core';
import { brand } from './brands.ts';

/** The most that one request of the Contacts API may carry. */
export const fieldsPerRequest = 30;
export const tagsPerRequest = 10;

/** More requests than this do not fit into the 30 seconds of a run. */
const requestsPerRun = 20;
export const fieldsPerRun = fieldsPerRequest * requestsPerRun;
export const tagsPerRun = tagsPerRequest * requestsPerRun;

/** One message takes at most this many quick replies (documented by one brand). */
export const repliesPerMessage = 10;

/**
 * Holds runs back before they meet the API's limit: 100 requests a minute for contacts where a brand does not say
 * otherwise, 25 a second for messages. The budget belongs to the channel, so every operation with the same key and scope shares it.
 */
export const contactsThrottle = {
  key: 'contacts',
  window: 60,
  limit: brand?.requestsPerMinute ?? 100,
  scope: ['auth'],
} satisfies ThrottleObject;
export const messagesThrottle = {
  key: 'messages',
  window: 1,
  limit: 25,
  scope: ['auth'],
} satisfies ThrottleObject;

/** Seconds until a channel that answered 429 is likely to take requests again, where the API does not say. */
export function secondsToWait(path: string): number {
  return path.startsWith('/message/') ? 5 : 60 + Math.floor(Math.random() * 15);
}
