import { pick, type Random, randomFor } from '../data/logs/random.ts';

/** How an estate measures and logs. Accounts differ in it, and nothing of an incident hangs on it. */
export interface Style {
  /** Lambda functions, or services with metrics of their own. */
  readonly isServerless: boolean;
  /** Counters have no datapoint where they would be 0. */
  readonly isSparse: boolean;
  /** Namespaces of which a datapoint stands for five minutes. */
  readonly coarse: ReadonlySet<string>;
  readonly log: LogStyle;
}

export interface LogStyle {
  readonly isJson: boolean;
  /** Names of the fields for level, message, version and host. */
  readonly level: string;
  readonly message: string;
  readonly version: string;
  readonly host: string;
}

/** Of the built-in scenarios. */
export const PLAIN: Style = {
  isServerless: true,
  isSparse: false,
  coarse: new Set(),
  log: { isJson: true, level: 'level', message: 'message', version: 'version', host: 'host' },
};

const MAY_BE_COARSE = ['AWS/RDS', 'AWS/DynamoDB', 'AWS/ElastiCache', 'AWS/ECS', 'Partners'] as const;
const COARSE_SHARE = 0.3;

export function drawStyle(seed: number, kind: string): Style {
  const random = randomFor(seed, `style of ${kind}`, 4);
  const isServerless = random() < 0.5;
  const isSparse = random() < 0.5;
  return {
    // What a neighbour takes is the concurrency of Lambda.
    isServerless: isServerless || kind === 'neighbour',
    isSparse,
    coarse: new Set(MAY_BE_COARSE.filter(() => random() < COARSE_SHARE)),
    log: drawLogStyle(random),
  };
}

function drawLogStyle(random: Random): LogStyle {
  return {
    isJson: random() < 0.65,
    level: pick(random, ['level', 'lvl', 'severity']),
    message: pick(random, ['message', 'msg']),
    version: pick(random, ['version', 'build', 'release', 'image']),
    host: pick(random, ['host', 'node', 'pod']),
  };
}

const SERVICE_NAMES: Readonly<Record<string, string>> = {
  Invocations: 'Requests',
  Duration: 'Latency',
  Throttles: 'Rejected',
  ConcurrentExecutions: 'InFlight',
};

/** What a service of one's own calls a metric of a function. */
export function serviceMetric(metricName: string): string {
  return SERVICE_NAMES[metricName] ?? metricName;
}
