/** Sentences that the analysis of one log group and of several have in common. Pure. */

import type { LogPattern } from '../../../domain/logs/patterns/log-pattern.ts';
import type { Change } from '../../../domain/logs/patterns/pattern-changes.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { countOf, formatCount } from '../../../domain/text/counts.ts';
import { estimateScanUsd, formatBytes, formatUsd } from '../../../domain/text/log-size.ts';
import { formatTime } from '../../../domain/time.ts';
import { MAX_PATTERNS } from './arguments.ts';
import type { GroupAnalysis } from './read.ts';
import type { Looked } from './read-windows.ts';

export interface Cost {
  readonly queries: number;
  readonly bytesScanned: number;
  readonly usdPerGb: number;
}

/** `2 new error patterns, 1 other new pattern`; undefined where there is none. */
export function countChanges(changed: readonly LogPattern[]): string | undefined {
  const of = (change: Change, isError?: boolean) =>
    changed.filter(
      (each) => each.change === change && (isError === undefined || (each.severity === 'error') === isError),
    ).length;
  const tell = (change: Change): string[] => {
    const [bad, rest] = [of(change, true), of(change, false)];
    return [
      ...(bad === 0 ? [] : [countOf(bad, `${change} error pattern`)]),
      ...(rest === 0 ? [] : [countOf(rest, `${bad === 0 ? '' : 'other '}${change} pattern`)]),
    ];
  };
  const vanished = of('vanished');
  const told = [...tell('new'), ...tell('grown'), ...(vanished === 0 ? [] : [countOf(vanished, 'vanished pattern')])];
  return told.length === 0 ? undefined : told.join(', ');
}

/** `26 errors, 28 before: it began earlier (2026-03-01T19:44:00Z)`; undefined where no error is in both windows. */
export function describeLasting({ lasting, windows }: GroupAnalysis): string | undefined {
  const isBegun = (pattern: LogPattern) => lasting.begins.get(pattern)?.isOlder === false;
  const begun = lasting.patterns.filter(isBegun);
  // What was there all the time is no news beside what began.
  const told = begun.length > 0 ? begun : lasting.patterns;
  if (told.length === 0) return undefined;
  const sum = (count: (pattern: LogPattern) => number) => told.reduce((all, each) => all + count(each), 0);
  const errors = `${countOf(
    sum(({ now }) => now),
    'error',
  )}, ${formatCount(sum(({ before = 0 }) => before))} in ${windows.comparedWith}`;
  const times = told.flatMap((pattern) => lasting.begins.get(pattern)?.epochMs ?? []);
  if (times.length === 0) return `${errors}: since when is not known`;
  const at = formatTime(Math.min(...times));
  return begun.length > 0 ? `${errors}: it began earlier (${at})` : `${errors}: older than ${at}`;
}

/** How patterns were made where that limits what they tell. */
export function describeReading({ known, now, before }: GroupAnalysis): string | undefined {
  const looked = [now, ...(before === undefined ? [] : [before])];
  const read = looked.map(({ messages }) => formatCount(messages)).join(' + ');
  const logClass = known.group?.logGroupClass;
  if (looked.some(({ by }) => by === 'sample'))
    return `This log group has no pattern command${logClass === undefined ? '' : ` (class ${logClass})`}: patterns are made here from ${read} messages, a sample, so that counts are estimates and rare patterns may be missing.`;
  if (looked.some(({ by }) => by === 'patterns'))
    return `Patterns are CloudWatch’s of all events; values and fields are told by a sample of ${read} messages.`;
  return undefined;
}

export function isSampled({ now, before }: GroupAnalysis): boolean {
  return [now, before].some((looked) => looked?.by === 'sample');
}

export function describeCost({ queries, bytesScanned, usdPerGb }: Cost): string {
  return `Scanned ${formatBytes(bytesScanned)} in ${countOf(queries, 'query', 'queries')}; estimated cost ${formatUsd(estimateScanUsd(bytesScanned, usdPerGb))}.`;
}

export function collectWarnings({ known, anomalies, now, before, results }: GroupAnalysis): string[] {
  const isCut = ({ isCut }: Looked) => isCut;
  return [
    ...(known.warning === undefined ? [] : [known.warning]),
    ...(anomalies !== undefined && 'error' in anomalies
      ? [`Anomalies could not be had: ${anomalies.error.publicMessage}`]
      : []),
    ...results.flatMap(({ problem }) => problem ?? []),
    ...([now, ...(before === undefined ? [] : [before])].some(isCut)
      ? [
          `There are more than ${MAX_PATTERNS} patterns: only the most frequent are compared, and a rare one may wrongly count as new or vanished.`,
        ]
      : []),
  ];
}

export function nameOf({ at }: GroupAnalysis): string {
  return inlineName(at.name);
}
