/** Events of one log group, its fields, and single events by pointer, over the SDK. */
import {
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  GetLogGroupFieldsCommand,
  GetLogRecordCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { cleanAwsText } from '../../domain/text/clean-text.ts';
import { SECOND_MS } from '../../domain/time.ts';
import { AppError, isAppError } from '../../errors.ts';
import type { AwsConnection } from '../connection.ts';
import { endlessList } from '../pages.ts';
import type { LogEventPage, LogEventQuery, LogField, LogGroupFieldShare } from '../ports/logs.ts';
import { groupReference } from './group-reference.ts';

/** FilterLogEvents gives at most 10,000 events a page (API reference, limit). */
const MAX_PAGE_EVENTS = 10_000;

/** One page; it may be empty although a token says that there is more to search. */
export async function filterLogEvents(
  aws: AwsConnection,
  query: LogEventQuery,
  signal: AbortSignal,
): Promise<LogEventPage> {
  const { filterPattern, logStreamPrefix, awsToken } = query;
  const input: FilterLogEventsCommandInput = {
    ...groupReference(query.logGroup),
    startTime: query.startEpochMs,
    endTime: query.endEpochMs,
    startFromHead: !query.isNewestFirst,
    limit: Math.min(query.limit, MAX_PAGE_EVENTS),
    ...(filterPattern !== undefined && { filterPattern }),
    ...(logStreamPrefix !== undefined && { logStreamNamePrefix: logStreamPrefix }),
    ...(awsToken !== undefined && { nextToken: awsToken }),
  };
  try {
    const page = await aws.call(
      'logs:FilterLogEvents',
      signal,
      ({ logs }, options) => logs.send(new FilterLogEventsCommand(input), options),
      { subject: 'log group' },
    );
    if (page.nextToken !== undefined && page.nextToken === awsToken) throw endlessList();
    return {
      events: (page.events ?? []).map((event) => ({
        epochMs: event.timestamp ?? 0,
        logStream: event.logStreamName ?? '',
        message: event.message ?? '',
      })),
      ...(page.nextToken !== undefined && page.nextToken !== '' && { awsToken: page.nextToken }),
    };
  } catch (error) {
    throw explainRefusal(error, query);
  }
}

/** Fields of the events around a time, most frequent first. */
export async function listLogGroupFields(
  aws: AwsConnection,
  logGroup: string,
  centerEpochMs: number | undefined,
  signal: AbortSignal,
): Promise<readonly LogGroupFieldShare[]> {
  const input = {
    ...groupReference(logGroup),
    ...(centerEpochMs !== undefined && { time: Math.floor(centerEpochMs / SECOND_MS) }),
  };
  const { logGroupFields = [] } = await aws.call(
    'logs:GetLogGroupFields',
    signal,
    ({ logs }, options) => logs.send(new GetLogGroupFieldsCommand(input), options),
    { subject: 'log group' },
  );
  return logGroupFields.map(({ name = '', percent = 0 }) => ({ name, percent }));
}

/** Sensitive data stays masked: `unmask` is never sent. */
export async function getLogRecord(
  aws: AwsConnection,
  pointer: string,
  signal: AbortSignal,
): Promise<readonly LogField[]> {
  try {
    const { logRecord = {} } = await aws.call('logs:GetLogRecord', signal, ({ logs }, options) =>
      logs.send(new GetLogRecordCommand({ logRecordPointer: pointer }), options),
    );
    return Object.entries(logRecord).map(([name, value]) => ({ name, value }));
  } catch (error) {
    throw isAppError(error) && (error.code === 'invalid_input' || error.code === 'not_found')
      ? unknownPointer(aws, error)
      : error;
  }
}

/** All else was checked before, so what the service refuses is the token or the pattern. */
function explainRefusal(error: unknown, { awsToken, filterPattern }: LogEventQuery): unknown {
  if (!isAppError(error) || error.code !== 'invalid_input') return error;
  const message = error.cause instanceof Error ? error.cause.message : '';
  const options = { details: error.details, cause: error.cause };
  if (awsToken !== undefined && /token/i.test(message))
    return new AppError(
      'invalid_input',
      'CloudWatch does not know this next_token any more; it keeps them for 24 hours → leave next_token out to start again.',
      options,
    );
  const what = filterPattern === undefined ? 'the search' : 'filter_pattern';
  const help =
    filterPattern === undefined
      ? 'execute_log_insights_query reads log groups that cannot be searched this way'
      : 'put a term with other characters than letters, digits and _ in double quotes; for JSON events: { $.level = "ERROR" }; all words must match, ?a ?b is either, -a is without';
  return new AppError('invalid_input', `CloudWatch refuses ${what}: ${cleanAwsText(message)} → ${help}.`, options);
}

function unknownPointer({ target }: AwsConnection, cause: AppError): AppError {
  return new AppError(
    'not_found',
    `No log event has this pointer in account ${target.account}, region ${target.region}: it is of another region or account, was cut, or its event has expired → copy an @ptr unchanged from execute_log_insights_query with include_ptr=true, and pass the same region and account.`,
    { details: cause.details, cause: cause.cause },
  );
}
