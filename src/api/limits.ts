import type { ThrottleObject } from 'zapier-platform-core';
import { brand } from '../connection/brands.ts';

/** The most that one request of the Contacts API may carry. */
export const fieldsPerRequest = 30;
export const tagsPerRequest = 10;

/** The most that a run may need for its work: with more, it would hardly end within the 30 seconds that it has. */
const requestsPerRun = 20;
export const fieldsPerRun = fieldsPerRequest * requestsPerRun;
export const tagsPerRun = tagsPerRequest * requestsPerRun;

/** The most that Find Contacts gives: 50 pages of ten, which a run can just read in its time. */
export const contactsPerSearch = 500;

/** One message takes at most this many quick replies (documented by one brand). */
export const repliesPerMessage = 10;

/** WhatsApp approves templates with at most this many buttons. */
export const buttonsPerTemplate = 10;

/** The most characters that WhatsApp takes. It refuses more after the channel has said yes, so that nobody would learn. */
export const charactersPerText = 4096;
export const charactersPerTitle = 1024;
export const charactersPerHeader = 60;
/** Of a template's text with its values, if the template has a header or buttons. */
export const charactersPerBody = 1024;

/**
 * Lets as many runs through as the API takes requests: 100 a minute for contacts where a brand does not say otherwise,
 * 25 a second for messages. A run of several requests may still meet a 429, and waits. The budget belongs to the
 * channel, so every operation with the same key and scope shares it.
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
