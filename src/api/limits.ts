import type { ThrottleObject } from 'zapier-platform-core';
import { brand } from '../connection/brands.ts';

/** The most fields, and the most tags, that one request may have. */
export const fieldsPerRequest = 30;
export const tagsPerRequest = 10;
/** Longer lists are refused: with more than 20 requests a run would hardly end within 30 seconds. */
const requestsPerRun = 20;
export const fieldsPerRun = fieldsPerRequest * requestsPerRun;
export const tagsPerRun = tagsPerRequest * requestsPerRun;
/** The limit of Find Contacts. 50 pages of ten contacts just fit in the time of a run. */
export const contactsPerSearch = 500;
/** Quick replies per message, documented by one brand. */
export const repliesPerMessage = 10;
/** Buttons per template that WhatsApp approves. */
export const buttonsPerTemplate = 10;
/** Characters that WhatsApp accepts. The channel accepts longer texts, WhatsApp then drops them, and nobody is told. */
export const charactersPerText = 4096;
export const charactersPerTitle = 1024;
export const charactersPerHeader = 60;
/** The limit for a template's text with its values, if the template has a header or buttons. */
export const charactersPerBody = 1024;

/** Zapier starts no more runs than the API accepts requests. A run of several requests may still get a 429, and is delayed. */
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
