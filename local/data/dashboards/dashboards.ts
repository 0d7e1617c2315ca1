import { ACCOUNTS } from '../../scenario.ts';
import type { World } from '../../world.ts';
import { SHOP_BACKEND } from './shop-backend.ts';
import { SHOP_LOGS } from './shop-logs.ts';
import { createShopOverview } from './shop-overview.ts';
import { SHOP_PROMQL } from './shop-promql.ts';
import { arrange, type DashboardBody, text } from './widgets.ts';

const HOUR_MS = 3_600_000;

export interface LocalDashboard {
  readonly name: string;
  /** JSON. */
  readonly body: string;
  readonly modifiedEpochMs: number;
}

/** The dashboards of an account, by name. They are the same in every region. */
export function listDashboardsOf({ anchorEpochMs }: World, account: string): readonly LocalDashboard[] {
  const make = (name: string, hoursAgo: number, body: DashboardBody): LocalDashboard => ({
    name,
    body: JSON.stringify(body),
    modifiedEpochMs: anchorEpochMs - hoursAgo * HOUR_MS,
  });
  if (account === ACCOUNTS.prod.id) {
    return [
      make('shop-backend', 1_900, SHOP_BACKEND),
      make('shop-logs', 700, SHOP_LOGS),
      make('shop-overview', 30, createShopOverview(anchorEpochMs)),
      make('shop-promql', 12, SHOP_PROMQL),
    ];
  }
  return account === ACCOUNTS.dev.id
    ? [make('dev-playground', 5_000, { widgets: arrange([text('Nothing here yet.')]) })]
    : [];
}
