/** Anomaly detectors of a log group and what they found: ListLogAnomalyDetectors, ListAnomalies. */
import {
  ListAnomaliesCommand,
  ListLogAnomalyDetectorsCommand,
  type Anomaly as SdkAnomaly,
  type AnomalyDetector as SdkDetector,
} from '@aws-sdk/client-cloudwatch-logs';
import type { AwsConnection } from '../connection.ts';
import type { LogAnomalies, LogAnomaly, LogAnomalyDetector, LogGroupName } from '../ports/logs.ts';

/** Both operations give at most 50 a page. Detectors keep anomalies for up to 90 days, so pages are bounded. */
const MAX_DETECTOR_PAGES = 10;
const MAX_ANOMALY_PAGES = 10;
/** The reference speaks of seconds, the service sends milliseconds. */
const MAX_EPOCH_SECONDS = 99_999_999_999;

export async function listLogAnomalies(
  aws: AwsConnection,
  group: LogGroupName,
  signal: AbortSignal,
): Promise<LogAnomalies> {
  const isOfGroup = (arns: readonly string[] | undefined): boolean => arns?.some((arn) => isArnOf(arn, group)) ?? false;
  const detectors = await readPages(MAX_DETECTOR_PAGES, async (nextToken) => {
    const input = {
      ...(group.arn !== undefined && { filterLogGroupArn: group.arn }),
      ...(nextToken !== undefined && { nextToken }),
    };
    const page = await aws.call('logs:ListLogAnomalyDetectors', signal, ({ logs }, options) =>
      logs.send(new ListLogAnomalyDetectorsCommand(input), options),
    );
    return {
      items: (page.anomalyDetectors ?? []).filter(({ logGroupArnList }) => isOfGroup(logGroupArnList)),
      nextToken: page.nextToken,
    };
  });
  const found = await Promise.all(
    detectors.items.map(({ anomalyDetectorArn }) =>
      readPages(MAX_ANOMALY_PAGES, async (nextToken) => {
        const input = { anomalyDetectorArn, ...(nextToken !== undefined && { nextToken }) };
        const page = await aws.call('logs:ListAnomalies', signal, ({ logs }, options) =>
          logs.send(new ListAnomaliesCommand(input), options),
        );
        // A detector may watch several log groups.
        const items = (page.anomalies ?? []).filter(
          ({ logGroupArnList }) => logGroupArnList === undefined || isOfGroup(logGroupArnList),
        );
        return { items, nextToken: page.nextToken };
      }),
    ),
  );
  return {
    detectors: detectors.items.map(toDetector),
    anomalies: found.flatMap(({ items }) => items.map(toAnomaly)),
    isTruncated: detectors.isTruncated || found.some(({ isTruncated }) => isTruncated),
  };
}

async function readPages<Item>(
  maxPages: number,
  read: (nextToken: string | undefined) => Promise<{ items: readonly Item[]; nextToken: string | undefined }>,
): Promise<{ items: Item[]; isTruncated: boolean }> {
  const items: Item[] = [];
  let nextToken: string | undefined;
  for (let pages = 0; pages < maxPages; pages += 1) {
    const page = await read(nextToken);
    items.push(...page.items);
    nextToken = page.nextToken;
    if (nextToken === undefined) return { items, isTruncated: false };
  }
  return { items, isTruncated: true };
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
