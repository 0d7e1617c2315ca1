import type { AwsConnection } from '../connection.ts';
import type { LogsPort } from '../ports/logs.ts';
import { listLogAnomalies } from './log-anomalies.ts';
import { filterLogEvents, getLogRecord, listLogGroupFields } from './log-events.ts';
import { getLogGroups, listLogGroups, walkLogGroups } from './log-groups.ts';
import { peekQuery, readQuery, startQuery, stopQuery } from './log-queries.ts';
import { readStream } from './log-streams.ts';
import { listSavedQueries } from './saved-queries.ts';

export function createLogsPort(aws: AwsConnection): LogsPort {
  return {
    listLogGroups: (filter, place, limit, signal) => listLogGroups(aws, filter, place, limit, signal),
    walkLogGroups: (filter, place, hasDetails, signal) => walkLogGroups(aws, filter, place, hasDetails, signal),
    getLogGroups: (identifiers, signal) => getLogGroups(aws, identifiers, signal),
    listLogAnomalies: (group, signal) => listLogAnomalies(aws, group, signal),
    listSavedQueries: (limit, signal) => listSavedQueries(aws, limit, signal),
    startQuery: (request, signal) => startQuery(aws, request, signal),
    peekQuery: (awsId, maxRows, signal) => peekQuery(aws, awsId, maxRows, signal),
    readQuery: (awsId, signal) => readQuery(aws, awsId, signal),
    stopQuery: (awsId, signal) => stopQuery(aws, awsId, signal),
    filterEvents: (query, signal) => filterLogEvents(aws, query, signal),
    readStream: (query, signal) => readStream(aws, query, signal),
    listFields: (logGroup, centerEpochMs, signal) => listLogGroupFields(aws, logGroup, centerEpochMs, signal),
    getRecord: (pointer, signal) => getLogRecord(aws, pointer, signal),
  };
}
