import type { AwsConnection } from './connection.ts';
import type { AlarmsPort } from './ports/alarms.ts';

export function createAlarmsPort(_aws: AwsConnection): AlarmsPort {
  return {};
}
