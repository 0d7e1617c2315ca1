import { ACCOUNTS, DEFAULT_REGION, LOG_GROUPS } from '../../scenario.ts';
import { checkoutEvents } from './checkout.ts';
import { type LogWorld, MINUTE_MS } from './incident.ts';
import type { LogGroup } from './log-group.ts';

const DAY_MS = 86_400_000;

export interface LogCatalog {
  readonly groups: readonly LogGroup[];
  readonly linkedAccounts: (account: string) => readonly string[];
}

/** Every log group of the scenario, by name. The incident is told back from the given instant. */
export function createLogCatalog(seed: number, nowEpochMs: number): LogCatalog {
  const world: LogWorld = { seed, anchorEpochMs: Math.floor(nowEpochMs / MINUTE_MS) * MINUTE_MS };
  const groups: LogGroup[] = [
    {
      account: ACCOUNTS.prod.id,
      region: DEFAULT_REGION,
      name: LOG_GROUPS.checkout,
      logGroupClass: 'STANDARD',
      creationEpochMs: world.anchorEpochMs - 400 * DAY_MS,
      retentionInDays: 30,
      storedBytes: 8_589_934_592,
      metricFilterCount: 2,
      bytesPerMinute: 6_000,
      logStreams: [],
      eventsOfMinute: checkoutEvents(world),
    },
  ];
  return {
    groups,
    linkedAccounts: (account) => (account === ACCOUNTS.prod.id ? [ACCOUNTS.dev.id, ACCOUNTS.data.id] : []),
  };
}
