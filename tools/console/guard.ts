import type { MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import { isOwnHost } from '../sandbox/listen.ts';
import { readLimited } from '../sandbox/log.ts';

/** Refuses requests that do not come from a page of this console: a foreign Host, and the Origin of another site. */
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

/** What a page may load: itself, and pictures and sounds that a message links to. */
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

/** How many boxes a form may have; the longest list that a step takes has a few hundred. */
const MOST_BOXES = 2000;

/** Refuses a form of more than 1 MB or 2,000 boxes with 413, so that no form can fill the memory or keep the page waiting. */
export const limitForms: MiddlewareHandler = async (c, next) => {
  const text = await readLimited(c.req.raw);
  if (text === undefined || text.split('&', MOST_BOXES + 1).length > MOST_BOXES) {
    throw new HTTPException(413, {
      message: 'This form holds more than 1 MB or 2,000 values. Shorten what you typed and try again.',
    });
  }
  // The body can be read once; Hono takes an empty text for one that was not read yet.
  Object.assign(c.req.bodyCache, { text: Promise.resolve(text) });
  return next();
};
