/** The parts of a page that every investigation has: what changed, where to look first, what was not looked at, what it cost. */
import type { ChosenMetric } from '../../../domain/investigation/choose-metrics.ts';
import type { Change, Suspect } from '../../../domain/investigation/finding.ts';
import { errorsOf, type LogFinding } from '../../../domain/investigation/log-links.ts';
import { cleanLine, clip } from '../../../domain/text/clean-text.ts';
import { countOf, listSome } from '../../../domain/text/counts.ts';
import { estimateScanUsd, formatBytes, formatUsd } from '../../../domain/text/log-size.ts';
import { formatTime } from '../../../domain/time.ts';
import type { PrimaryList, Section } from '../../../tool/types.ts';
import type { Around } from './look-around.ts';
import { toChangeOutput, toSuspectOutput } from './output.ts';
import type { ShiftWindow } from './read-shifts.ts';
import type { Session } from './session.ts';

/** The text of an investigation stays on one page: about 6,000 characters. */
const MAX_SHOWN_CHANGES = 14;
const MAX_CHANGES = 60;
const AGAIN = 0.75;
const MAX_LINE_CHARS = 220;
const MAX_EXAMPLES = 3;
const MAX_EXAMPLE_CHARS = 300;
const MAX_NAMES = 8;
const MAX_MISSING = 8;
/** USD for a metric that GetMetricData reads (CloudWatch pricing). */
const USD_PER_METRIC = 0.00001;

export interface Findings {
  readonly session: Session;
  readonly around: Around;
  readonly window: ShiftWindow;
  readonly nextCalls: readonly { readonly tool: string; readonly arguments: string }[];
}

/** Those that say most, in order of time; of one resource and kind the second says less than the first. */
function selectChanges(changes: readonly Change[], most = MAX_SHOWN_CHANGES): readonly Change[] {
  const seen = new Map<string, number>();
  const ranked = [...changes]
    .sort((a, b) => b.score - a.score)
    .map((change) => {
      const key = `${change.kind} ${change.resource ?? ''}`;
      const times = seen.get(key) ?? 0;
      seen.set(key, times + 1);
      return { change, worth: change.score * AGAIN ** times };
    });
  const kept = new Set(
    ranked
      .sort((a, b) => b.worth - a.worth)
      .slice(0, most)
      .map(({ change }) => change),
  );
  return changes.filter((change) => kept.has(change));
}

export function listChanges(changes: readonly Change[]): PrimaryList {
  const shown = selectChanges(changes);
  return {
    noun: 'change',
    title: 'What changed, in order of time (before → since):',
    items: shown.map(writeChange),
    total: changes.length,
    isUntrusted: true,
    continueBy: (count) =>
      count < changes.length ? 'The strongest are shown; structuredContent holds more.' : undefined,
  };
}

function writeChange({ atEpochMs, untilEpochMs, kind, subject, resource, before, after }: Change): string {
  const of = resource !== undefined && !subject.includes(resource) ? ` of ${resource}` : '';
  const course = before === '' ? after : `${before} → ${after}`;
  const until = untilEpochMs === undefined ? '' : `–${clockOf(untilEpochMs)}`;
  return clip(cleanLine(`${clockOf(atEpochMs)}${until}Z ${kind} ${subject}${of}: ${course}`), MAX_LINE_CHARS);
}

function clockOf(epochMs: number): string {
  return formatTime(epochMs).slice(11, 19);
}

export function writeSections({ session, around, nextCalls }: Findings): readonly Section[] {
  const section = (title: string, items: readonly string[]): Section => ({ title, items, isUntrusted: true });
  const told = new Set(selectChanges(around.changes).map(({ subject }) => subject));
  const others = around.alarmsAround.filter((name) => !told.has(name));
  const missing = session.notLookedAt.slice(0, MAX_MISSING).map((text) => clip(cleanLine(text), MAX_LINE_CHARS));
  return [
    section('Where to look first (a place, not a proof):', around.suspects.map(writeSuspect)),
    section(
      'Examples:',
      listExamples(around.logs).map(
        ({ at, log_group: group, message }) => `${at} ${group}: ${clip(cleanLine(message), MAX_EXAMPLE_CHARS)}`,
      ),
    ),
    section('Other alarms that changed:', others.length === 0 ? [] : [listSome(others.map(cleanLine), MAX_NAMES)]),
    section('Not looked at:', missing),
    {
      ...section(
        'Next calls:',
        nextCalls.map((call) => `${call.tool} ${call.arguments}`),
      ),
      hasCalls: true,
    },
  ].filter(({ items }) => items.length > 0);
}

function writeSuspect({ subject, why, score }: Suspect, index: number): string {
  return clip(cleanLine(`${index + 1}. ${subject} (${score}): ${why}`), 2 * MAX_LINE_CHARS);
}

/** Newest error lines of the patterns that are new or grown. */
function listExamples(logs: readonly LogFinding[]): readonly { at: string; log_group: string; message: string }[] {
  return logs
    .flatMap((finding) =>
      errorsOf(finding)
        .slice(0, 2)
        .map(({ example, firstEpochMs }) => ({
          at: formatTime(firstEpochMs),
          log_group: finding.group,
          message: clip(example, MAX_EXAMPLE_CHARS),
        })),
    )
    .slice(0, MAX_EXAMPLES);
}

export function describeUnchanged(metrics: readonly ChosenMetric[], moved: ReadonlySet<string>): readonly string[] {
  const quiet = [...new Set(metrics.map(({ resource }) => resource))].filter((resource) => !moved.has(resource));
  return quiet.slice(0, 4 * MAX_NAMES);
}

export function describeCost({ cost, context }: Session): string {
  const usd = estimateScanUsd(cost.bytesScanned, context.config.insightsUsdPerGb) + cost.metrics * USD_PER_METRIC;
  return `Cost: ${countOf(cost.metrics, 'metric')} asked, ${formatBytes(cost.bytesScanned)} of logs scanned, about ${formatUsd(usd)}.`;
}

export function structureFindings({ session, around, window, nextCalls }: Findings) {
  const { cost, context } = session;
  const moved = new Set(around.shifts.map(({ metric }) => metric.resource));
  return {
    baseline: { start: formatTime(window.startEpochMs), end: formatTime(window.usualEndEpochMs) },
    changes: selectChanges(around.changes, MAX_CHANGES).map(toChangeOutput),
    suspects: around.suspects.map(toSuspectOutput),
    alarms_around: [...around.alarmsAround],
    unchanged: [...describeUnchanged(around.unchanged, moved)],
    not_looked_at: [...session.notLookedAt],
    examples: [...listExamples(around.logs)],
    next_calls: [...nextCalls],
    cost: {
      metrics: cost.metrics,
      bytes_scanned: cost.bytesScanned,
      usd: estimateScanUsd(cost.bytesScanned, context.config.insightsUsdPerGb) + cost.metrics * USD_PER_METRIC,
    },
  };
}
