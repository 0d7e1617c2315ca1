import type { Operations } from '../types.ts';
import type { World } from '../world.ts';
import { createDescribeAlarms } from './describe-alarms.ts';
import { createRegionData } from './region-data.ts';

/** Every CloudWatch operation of the embedded service, by its API name. */
export function createCloudWatchOperations(world: World): Operations {
  return { DescribeAlarms: createDescribeAlarms(createRegionData(world)) };
}
