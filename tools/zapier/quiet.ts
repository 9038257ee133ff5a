// Zapier's core prints its memory use with every run unless it is loaded for a test.
process.env.NODE_ENV ??= 'test';

// Before every run core measures the process's memory, which takes a tenth of the run's time. After 250 runs it ends a
// process that holds more than 450 MB; on Lambda a new one would start.
const nothing = { rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 };
process.memoryUsage = Object.assign(() => nothing, { rss: () => 0 });
