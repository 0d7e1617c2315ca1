import type { AwsConnection } from './connection.ts';
import type { LogsPort } from './ports/logs.ts';

export function createLogsPort(_aws: AwsConnection): LogsPort {
  return {};
}
