import { type AlarmSet, EMPTY_ALARM_SET } from '../data/alarm-set.ts';
import { buildAlarmSet } from '../data/alarms.ts';
import type { OperationContext } from '../types.ts';
import { findAccountAlias, type World } from '../world.ts';

/** What one account holds in one region. */
export interface StoredRegion {
  readonly alarms: AlarmSet;
}

/** Gives the data of the caller's account and region; made on first use, then kept. */
export type RegionData = (place: Pick<OperationContext, 'account' | 'region'>) => StoredRegion;

export function createRegionData(world: World): RegionData {
  const made = new Map<string, StoredRegion>();
  return ({ account, region }) => {
    const key = `${account}/${region}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const alias = findAccountAlias(account, region);
    const data = { alarms: alias === undefined ? EMPTY_ALARM_SET : buildAlarmSet(world, alias, region) };
    made.set(key, data);
    return data;
  };
}
