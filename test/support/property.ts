/** Property tests: the same cases in every run, so that the gate says the same of the same code. `FAST_CHECK_SEED=7 npm test` looks at others. */
import fc from 'fast-check';

const DEFAULT_SEED = 1;

fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? DEFAULT_SEED) });

export { fc };
