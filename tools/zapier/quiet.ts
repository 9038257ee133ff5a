import { createRequire } from 'node:module';

// The platform's core prints its memory use with every run unless it is loaded for a test.
process.env.NODE_ENV ??= 'test';

// It also ends a process that holds more than 450 MB after 250 runs, which on Lambda starts a new one.
const constants: { KILL_MAX_LIMIT: number } = createRequire(import.meta.url)(
  'zapier-platform-core/src/constants',
);
constants.KILL_MAX_LIMIT = Number.POSITIVE_INFINITY;
