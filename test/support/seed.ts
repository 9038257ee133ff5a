import fc from 'fast-check';

// A test that passed must pass again on the same code. `SEED=7 npm test` generates other inputs; a failure prints its seed.
// Where few runs are made (runs.ts), the first example that fails is enough.
fc.configureGlobal({
  seed: Number(process.env.SEED ?? 1),
  endOnFailure: process.env.FEW_RUNS !== undefined,
});
