/**
 * How many runs a random test makes. `FEW_RUNS=20` makes a twentieth of them: mutation testing, which plays random
 * histories for every fault, has no time for more.
 */
export const runs = (count: number) => Math.ceil(count / Number(process.env.FEW_RUNS ?? 1));
