/** Rates that all callers of an account and region share: one pace for each, kept by the whole process. */
import type { Target } from '../aws/ports/targets.ts';
import { createPace, type Pace, type Rate } from './pace.ts';

/** As the API references state them; a short burst passes. */
const RATES = {
  'cloudtrail:LookupEvents': { perSecond: 2, burst: 2 },
  'cloudwatch:DescribeAlarmHistory': { perSecond: 3, burst: 10 },
} satisfies Readonly<Record<string, Rate>>;

export type PacedAction = keyof typeof RATES;

export interface TargetPaces {
  of(action: PacedAction, target: Target): Pace;
}

/** @param clock in milliseconds; by default one that nobody sets back */
export function createTargetPaces(clock: () => number = () => performance.now()): TargetPaces {
  // As many as there are accounts and regions that may be asked.
  const paces = new Map<string, Pace>();
  return {
    of(action, { account, accountId = account, region }) {
      const key = `${action}|${accountId}|${region}`;
      const pace = paces.get(key) ?? createPace(RATES[action], clock);
      paces.set(key, pace);
      return pace;
    },
  };
}
