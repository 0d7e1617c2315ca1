/** Anomaly detectors of a log group and what they found: ListLogAnomalyDetectors, ListAnomalies. */
import {
  ListAnomaliesCommand,
  ListLogAnomalyDetectorsCommand,
  type Anomaly as SdkAnomaly,
  type AnomalyDetector as SdkDetector,
} from '@aws-sdk/client-cloudwatch-logs';
import { inParallel } from '../../domain/async/in-parallel.ts';
import type { AwsConnection } from '../connection.ts';
import { readSome } from '../pages.ts';
import type { LogAnomalies, LogAnomaly, LogAnomalyDetector, LogGroupName } from '../ports/logs.ts';

/** Ten pages each. Detectors keep anomalies for up to 90 days, so there may be many. */
const BOUNDS = { maxItems: 500 };
/** Of a log group; it may be watched by as many as an account has, and each is asked for its pages. */
const MAX_DETECTORS = 10;
const CONCURRENCY = 5;
/** The reference speaks of seconds, the service sends milliseconds. */
const MAX_EPOCH_SECONDS = 99_999_999_999;

export async function listLogAnomalies(
  aws: AwsConnection,
  group: LogGroupName,
  signal: AbortSignal,
): Promise<LogAnomalies> {
  const isOfGroup = (arns: readonly string[] | undefined): boolean => arns?.some((arn) => isArnOf(arn, group)) ?? false;
  const listed = await readSome(async (nextToken) => {
    const page = await aws.call('logs:ListLogAnomalyDetectors', signal, ({ logs }, options) =>
      logs.send(new ListLogAnomalyDetectorsCommand({ filterLogGroupArn: group.arn, nextToken }), options),
    );
    return { items: page.anomalyDetectors ?? [], nextToken: page.nextToken };
  }, BOUNDS);
  const watching = listed.items.filter(({ logGroupArnList }) => isOfGroup(logGroupArnList));
  const detectors = watching.slice(0, MAX_DETECTORS);
  const found = await inParallel(detectors, CONCURRENCY, ({ anomalyDetectorArn }) =>
    readSome(async (nextToken) => {
      const page = await aws.call('logs:ListAnomalies', signal, ({ logs }, options) =>
        logs.send(new ListAnomaliesCommand({ anomalyDetectorArn, nextToken }), options),
      );
      return { items: page.anomalies ?? [], nextToken: page.nextToken };
    }, BOUNDS),
  );
  // A detector may watch several log groups.
  const anomalies = found
    .flatMap(({ items }) => items)
    .filter(({ logGroupArnList }) => logGroupArnList === undefined || isOfGroup(logGroupArnList));
  return {
    detectors: detectors.map(toDetector),
    anomalies: anomalies.map(toAnomaly),
    isTruncated:
      listed.isTruncated || watching.length > detectors.length || found.some(({ isTruncated }) => isTruncated),
  };
}

function isArnOf(arn: string, { name, arn: wanted }: LogGroupName): boolean {
  const bare = arn.replace(/:\*$/, '');
  return wanted === undefined ? bare.endsWith(`:log-group:${name}`) : bare === wanted;
}

function toDetector(detector: SdkDetector): LogAnomalyDetector {
  return { name: detector.detectorName ?? '', status: detector.anomalyDetectorStatus ?? 'UNKNOWN' };
}

function toAnomaly(anomaly: SdkAnomaly): LogAnomaly {
  return {
    pattern: anomaly.patternString ?? '',
    description: anomaly.description ?? '',
    priority: anomaly.priority ?? '',
    firstSeenEpochMs: toEpochMs(anomaly.firstSeen),
    lastSeenEpochMs: toEpochMs(anomaly.lastSeen),
    isActive: anomaly.active ?? false,
    isSuppressed: anomaly.suppressed ?? anomaly.state === 'Suppressed',
    ...(anomaly.logSamples?.[0]?.message !== undefined && { sample: anomaly.logSamples[0].message }),
  };
}

function toEpochMs(time: number | undefined): number {
  const value = time ?? 0;
  return value > MAX_EPOCH_SECONDS ? value : value * 1_000;
}
