import type { Anomaly, AnomalyDetector, PatternToken } from '@aws-sdk/client-cloudwatch-logs';
import { ACCOUNTS, DEFAULT_REGION, LOG_GROUPS, TIMELINE } from '../../scenario.ts';
import { MINUTE_MS } from './incident.ts';
import { randomFor, uuid } from './random.ts';

const DAY_MS = 86_400_000;
const HISTOGRAM_STEP_MS = 5 * MINUTE_MS;

export interface AnomalyData {
  readonly detectors: readonly AnomalyDetector[];
  readonly anomalies: readonly Anomaly[];
}

export const NO_ANOMALIES: AnomalyData = { detectors: [], anomalies: [] };

interface Draft {
  readonly logGroup: string;
  readonly patternString: string;
  readonly sample: string;
  readonly priority: 'HIGH' | 'MEDIUM' | 'LOW';
  readonly description: string;
  readonly firstSeenAgoMs: number;
  readonly lastSeenAgoMs: number;
  readonly isSuppressed?: boolean;
}

const DRAFTS: readonly Draft[] = [
  {
    logGroup: LOG_GROUPS.checkout,
    patternString: '<Timestamp-1> <UUID-2> Task timed out after <Token-3> seconds',
    sample: 'Task timed out after 15.00 seconds',
    priority: 'HIGH',
    description: '96.4% increase in count of a pattern that was not seen before',
    firstSeenAgoMs: TIMELINE.errorsAlarmAgoMs,
    lastSeenAgoMs: MINUTE_MS,
  },
  {
    logGroup: LOG_GROUPS.checkout,
    patternString:
      '{"timestamp":"<Timestamp-1>","level":"WARN","message":"slow database query","service":"checkout"<Token-2>',
    sample: '{"level":"WARN","message":"slow database query","service":"checkout","dbQueries":7}',
    priority: 'MEDIUM',
    description: '870.0% increase in count',
    firstSeenAgoMs: TIMELINE.latencyAlarmAgoMs,
    lastSeenAgoMs: MINUTE_MS,
  },
  {
    logGroup: LOG_GROUPS.database,
    patternString:
      '<Timestamp-1> UTC:<IPAddress-2>(<Token-3>):shop@orders:[<Token-4>]:FATAL:  remaining connection slots are reserved',
    sample: 'FATAL:  remaining connection slots are reserved for roles with the SUPERUSER attribute',
    priority: 'HIGH',
    description: 'A pattern that was not seen before',
    firstSeenAgoMs: TIMELINE.connectionsFillingAgoMs,
    lastSeenAgoMs: MINUTE_MS,
  },
  {
    logGroup: LOG_GROUPS.checkout,
    patternString: '{"timestamp":"<Timestamp-1>","level":"INFO","message":"checkout started"<Token-2>',
    sample: '{"level":"INFO","message":"checkout started"}',
    priority: 'LOW',
    description: '31.0% decrease in count',
    firstSeenAgoMs: 4 * DAY_MS,
    lastSeenAgoMs: 4 * DAY_MS - 30 * MINUTE_MS,
    isSuppressed: true,
  },
];

/** Log anomaly detectors of the first account's first region and what they found. */
export function createAnomalyData(seed: number, anchorEpochMs: number): AnomalyData {
  const detectors = [LOG_GROUPS.checkout, LOG_GROUPS.database, LOG_GROUPS.eks].map((name): AnomalyDetector => {
    const id = uuid(randomFor(seed, `detector of ${name}`, 0));
    return {
      anomalyDetectorArn: `arn:aws:logs:${DEFAULT_REGION}:${ACCOUNTS.prod.id}:anomaly-detector:${id}`,
      detectorName: `${name.split('/').at(-1)}-anomalies`,
      logGroupArnList: [arnOf(name)],
      evaluationFrequency: 'FIVE_MIN',
      anomalyDetectorStatus: name === LOG_GROUPS.eks ? 'TRAINING' : 'ANALYZING',
      creationTimeStamp: anchorEpochMs - 90 * DAY_MS,
      lastModifiedTimeStamp: anchorEpochMs - 2 * DAY_MS,
      anomalyVisibilityTime: 21,
    };
  });
  const anomalies = DRAFTS.map((draft) => {
    const detector = detectors.find(({ logGroupArnList }) => logGroupArnList?.includes(arnOf(draft.logGroup)));
    return makeAnomaly(seed, anchorEpochMs, draft, detector?.anomalyDetectorArn ?? '');
  });
  return { detectors, anomalies };
}

function makeAnomaly(seed: number, anchorEpochMs: number, draft: Draft, anomalyDetectorArn: string): Anomaly {
  const random = randomFor(seed, draft.patternString, 0);
  const firstSeen = anchorEpochMs - draft.firstSeenAgoMs;
  const lastSeen = anchorEpochMs - draft.lastSeenAgoMs;
  const histogram: Record<string, number> = {};
  for (let start = firstSeen; start <= lastSeen; start += HISTOGRAM_STEP_MS) {
    histogram[String(start)] = 1 + Math.floor(random() * 12);
  }
  return {
    anomalyId: uuid(random),
    patternId: uuid(random).replaceAll('-', ''),
    anomalyDetectorArn,
    patternString: draft.patternString,
    priority: draft.priority,
    firstSeen,
    lastSeen,
    description: draft.description,
    active: draft.lastSeenAgoMs < DAY_MS,
    state: draft.isSuppressed ? 'Suppressed' : 'Active',
    histogram,
    logSamples: [{ timestamp: lastSeen, message: draft.sample }],
    patternRegex: toPatternRegex(draft.patternString),
    patternTokens: toPatternTokens(draft.patternString),
    logGroupArnList: [arnOf(draft.logGroup)],
    suppressed: draft.isSuppressed === true,
    ...(draft.isSuppressed && { suppressedDate: lastSeen, suppressedUntil: 0 }),
  };
}

/** `<Timestamp-1>`: the name that was inferred for the part that varies, and its position among those parts. */
const DYNAMIC_TOKEN = /(<[A-Za-z]+-\d+>)/;

/** The pattern with its varying parts as `.*`, as the service gives it beside the text (API Reference, Anomaly: patternRegex). */
function toPatternRegex(patternString: string): string {
  return patternString
    .split(DYNAMIC_TOKEN)
    .map((part, index) => (index % 2 === 1 ? '.*' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
}

/** No token is empty, and a varying one is shown as `<*>` (API Reference, PatternToken: tokenString). */
function toPatternTokens(patternString: string): PatternToken[] {
  return patternString
    .split(DYNAMIC_TOKEN)
    .filter((text) => text !== '')
    .map((text): PatternToken => {
      const [, inferredTokenName, position] = /^<([A-Za-z]+-(\d+))>$/.exec(text) ?? [];
      return inferredTokenName === undefined
        ? { dynamicTokenPosition: 0, isDynamic: false, tokenString: text }
        : { dynamicTokenPosition: Number(position), isDynamic: true, tokenString: '<*>', inferredTokenName };
    });
}

function arnOf(logGroup: string): string {
  return `arn:aws:logs:${DEFAULT_REGION}:${ACCOUNTS.prod.id}:log-group:${logGroup}`;
}
