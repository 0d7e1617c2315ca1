import { fuzzBytes, fuzzEvents } from './fuzz-http.ts';
import type { FuzzTarget } from './fuzz-target.ts';
import { fuzzAnswers, fuzzArguments } from './fuzz-tools.ts';

/** All that is tried, by what comes from outside. */
export const FUZZ_TARGETS: readonly (() => Promise<FuzzTarget>)[] = [fuzzAnswers, fuzzArguments, fuzzEvents, fuzzBytes];
