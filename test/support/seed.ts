import fc from 'fast-check';

// A test that passed must pass again on the same code. `SEED=7 npm test` generates other inputs; a failure prints its seed.
fc.configureGlobal({ seed: Number(process.env.SEED ?? 1) });
