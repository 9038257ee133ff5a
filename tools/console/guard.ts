import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';

/**
 * Refuses requests that do not come from a page of this console: a Host other than loopback (a name that was rebound
 * to 127.0.0.1), and the Origin of another site.
 */
export const ownPagesOnly: MiddlewareHandler = async (c, next) => {
  const host = c.req.header('Host') ?? '';
  const origin = c.req.header('Origin');
  if (!/^(?:127\.0\.0\.1|localhost):\d+$/.test(host)) {
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

/** Refuses a form of more than 1 MB with 413, so that no form can fill the memory. */
export const limitBodies = bodyLimit({
  maxSize: 1_000_000,
  onError(c) {
    // The rest of the form is not read: a next request over this connection would be lost.
    c.header('Connection', 'close');
    throw new HTTPException(413, {
      message: 'This form holds more than 1 MB. Shorten what you typed and try again.',
    });
  },
});
