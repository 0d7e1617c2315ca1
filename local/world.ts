import { ACCOUNTS } from './scenario.ts';

/** What every generator of the embedded CloudWatch is a function of. */
export interface World {
  /** Same seed and same anchor → same metrics, alarms and history. */
  readonly seed: number;
  /** Whole minute at which the story is told: the times of scenario.ts count back from here. It does not move. */
  readonly anchorEpochMs: number;
}

/** Creates a world whose "now" of the story is the given time, cut to the minute. */
export function createWorld(seed: number, nowEpochMs: number): World {
  return { seed, anchorEpochMs: Math.floor(nowEpochMs / 60_000) * 60_000 };
}

/** The alias of an account that exists here and has this region; undefined = nothing is stored there. */
export function findAccountAlias(account: string, region: string): keyof typeof ACCOUNTS | undefined {
  for (const alias of ['prod', 'dev', 'data'] as const) {
    const { id, regions } = ACCOUNTS[alias];
    if (id === account && regions.some((known) => known === region)) return alias;
  }
  return undefined;
}
