/** What part a metric and its resource play in an incident, by their names alone. Pure. */
import { readMetricName, splitWords } from '../alarms/advice/metric-words.ts';
import type { MetricName } from './resource.ts';

/**
 * `load`: work that arrives or is done; `fault`: what went wrong; `latency`: how long it takes; `capacity`: what can run
 * out; `backlog`: what waits for somebody else to take it.
 */
export type MetricRole = 'load' | 'fault' | 'latency' | 'capacity' | 'backlog' | 'other';

const LATENCY = /\b(latency|duration|elapsed|response time|processing time|time taken|delay)\b/;
const BACKLOG = /\b(age|lag|visible|backlog|depth|behind|waiting|pending|delayed|queued|queue length)\b/;
const CAPACITY =
  /\b(cpu|memory|mem|heap|disk|storage|space|connections?|utili[sz]ation|credits?|concurrent|threads?|iops|inodes?|pool|free|freeable|available)\b/;

export function roleOf(metricName: string): MetricRole {
  const words = splitWords(metricName).join(' ');
  const reading = readMetricName(metricName);
  if (reading.isFault) return 'fault';
  if (LATENCY.test(words)) return 'latency';
  if (BACKLOG.test(words)) return 'backlog';
  if (CAPACITY.test(words)) return 'capacity';
  return reading.isGauge || reading.direction === 'below' ? 'other' : 'load';
}

/**
 * Who calls whom, as far as services tell: an entry calls computers, these call stores; a buffer does nothing by itself,
 * others fill and empty it.
 */
export type Layer = 'entry' | 'compute' | 'store' | 'buffer';

const LAYERS: Readonly<Record<string, Layer>> = {
  'AWS/ApiGateway': 'entry',
  'AWS/ApplicationELB': 'entry',
  'AWS/NetworkELB': 'entry',
  'AWS/ELB': 'entry',
  'AWS/CloudFront': 'entry',
  'AWS/AppSync': 'entry',
  'AWS/Route53': 'entry',
  'AWS/GlobalAccelerator': 'entry',
  'AWS/SQS': 'buffer',
  'AWS/SNS': 'buffer',
  'AWS/Kinesis': 'buffer',
  'AWS/Firehose': 'buffer',
  'AWS/Events': 'buffer',
  'AWS/Lambda': 'compute',
  'AWS/ECS': 'compute',
  'ECS/ContainerInsights': 'compute',
  ContainerInsights: 'compute',
  LambdaInsights: 'compute',
  'AWS/EC2': 'compute',
  'AWS/AutoScaling': 'compute',
  'AWS/States': 'compute',
  'AWS/AppRunner': 'compute',
  'AWS/ElasticBeanstalk': 'compute',
  CWAgent: 'compute',
};

/** How people name what they call but do not run. */
const CALLED =
  /\b(partners?|providers?|dependenc(?:y|ies)|upstreams?|externals?|vendors?|third|remotes?|integrations?|gateways?)\b/;

/** A namespace of one's own holds what one's own code measures of itself, unless it names what is called. */
export function layerOf({ namespace, dimensions }: Pick<MetricName, 'namespace' | 'dimensions'>): Layer {
  // What a load balancer measures of those behind it.
  if (dimensions.some(({ name }) => name === 'TargetGroup')) return 'compute';
  const known = Object.hasOwn(LAYERS, namespace) ? LAYERS[namespace] : undefined;
  if (known !== undefined) return known;
  if (namespace.startsWith('AWS/')) return 'store';
  const words = [namespace, ...dimensions.map(({ name }) => name)].flatMap(splitWords).join(' ');
  return CALLED.test(words) ? 'store' : 'compute';
}

/** The statistic that shows a change of such a metric. */
export function statisticFor(metricName: string): 'Sum' | 'Average' | 'Maximum' {
  const role = roleOf(metricName);
  if (role === 'load' || role === 'fault') return 'Sum';
  return role === 'backlog' ? 'Maximum' : 'Average';
}
