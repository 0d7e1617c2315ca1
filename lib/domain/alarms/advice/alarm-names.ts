/** Names for recommended alarms and their resources in templates: valid, telling and apart from each other. Pure. */

import { dropAtEnd } from '../../text/drop-at-end.ts';

/** PutMetricAlarm takes 255 characters. */
const MAX_NAME_CHARS = 255;
const MAX_PART_CHARS = 60;
const MAX_ID_CHARS = 120;
const HASH_CHARS = 7;
const RADIX = 36;

export interface AlarmNames {
  readonly alarmName: string;
  /** CloudFormation: letters and digits. */
  readonly logicalId: string;
  /** Terraform: letters, digits and `_`. */
  readonly resourceName: string;
}

interface NamedMetric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: readonly { readonly name: string; readonly value: string }[];
  readonly accountId?: string | undefined;
}

/**
 * @param kind what tells the alarm from others on the metric, e.g. `p90-high`
 * @param taken names given before; the new one is added
 */
export function nameAlarm(metric: NamedMetric, kind: string, taken: Set<string>): AlarmNames {
  const parts = [
    metric.namespace.replace(/^AWS\//, ''),
    metric.metricName,
    ...metric.dimensions.map(({ value }) => value),
    ...(metric.accountId === undefined ? [] : [metric.accountId]),
  ];
  const simple = parts.map((part) => simplify(part).slice(0, MAX_PART_CHARS));
  // What two names lost must not make them one: the second alarm would replace the first.
  const isLossy = parts.some((part, index) => part !== simple[index]);
  const identity = JSON.stringify([metric.namespace, metric.metricName, metric.dimensions]);
  const room = MAX_NAME_CHARS - kind.length - HASH_CHARS - RADIX;
  const stem = simple.filter((part) => part !== '').join('-');
  const base = [stem.slice(0, room), kind, ...(isLossy || stem.length > room ? [hash(identity)] : [])]
    .filter((part) => part !== '')
    .join('-');
  let alarmName = base;
  for (let count = 2; taken.has(alarmName); count += 1) alarmName = `${base}-${count}`;
  taken.add(alarmName);
  return { alarmName, ...nameResources(alarmName, isLossy) };
}

/** A hash keeps ids apart where letters and digits alone would not. */
function nameResources(alarmName: string, isLossy: boolean): Pick<AlarmNames, 'logicalId' | 'resourceName'> {
  const words = alarmName.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const pascal = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  const snake = words.join('_');
  const tail = isLossy || Math.max(pascal.length, snake.length) > MAX_ID_CHARS ? hash(alarmName) : '';
  return {
    logicalId: `Alarm${pascal.slice(0, MAX_ID_CHARS)}${tail}`,
    resourceName: `alarm_${snake.slice(0, MAX_ID_CHARS)}${tail === '' ? '' : `_${tail}`}`,
  };
}

function simplify(text: string): string {
  return dropAtEnd(text.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^-+/, ''), '-');
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a over UTF-16 units: short, and only meant to tell names apart. */
function hash(text: string): string {
  let value = FNV_OFFSET;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), FNV_PRIME);
  return (value >>> 0).toString(RADIX).padStart(HASH_CHARS, '0');
}
