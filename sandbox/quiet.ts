// The platform's core prints its memory use with every run unless it is loaded for a test.
process.env.NODE_ENV ??= 'test';
