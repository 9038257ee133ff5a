import type { MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import { isOwnHost } from '../sandbox/listen.ts';
import { readLimited } from '../sandbox/log.ts';

/** Refuses requests that are not from a page of this console, because their Host or Origin belongs to another site. */
export const ownPagesOnly: MiddlewareHandler = async (c, next) => {
  const host = c.req.header('Host') ?? '';
  const origin = c.req.header('Origin');
  if (!isOwnHost(host)) {
    return c.text('The console answers under 127.0.0.1 and localhost only.', 403);
  }
  if (origin !== undefined && origin !== `http://${host}`) {
    return c.text('The console answers its own pages only.', 403);
  }
  return next();
};

/** Limits what a page may load: its own files, and the pictures and sounds of messages. */
export const strictHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    connectSrc: ["'self'"],
    imgSrc: ["'self'", 'https:', 'http:'],
    mediaSrc: ["'self'", 'https:', 'http:'],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  // With no-referrer, browsers would send `Origin: null` from our own pages.
  referrerPolicy: 'same-origin',
  strictTransportSecurity: false,
});

/** The most boxes that a form may have. The longest list that a step takes has a few hundred. */
const MOST_BOXES = 2000;

/** Refuses a form of more than 1 MB or 2,000 boxes with 413, so that no form fills the memory or blocks the console. */
export const limitForms: MiddlewareHandler = async (c, next) => {
  const text = await readLimited(c.req.raw);
  if (text === undefined || text.split('&', MOST_BOXES + 1).length > MOST_BOXES) {
    throw new HTTPException(413, {
      message: 'This form holds more than 1 MB or 2,000 values. Shorten what you typed and try again.',
    });
  }
  // The body can be read only once, and Hono would take an empty text for a body that was not read yet.
  Object.assign(c.req.bodyCache, { text: Promise.resolve(text) });
  return next();
};
