/** Lets analyze_log_group look at labelled windows over the wire, and counts what it finds and what it makes up. */
import { doesFit, tokensOf } from '../../lib/domain/logs/patterns/log-clusters.ts';
import { toTemplate } from '../../lib/domain/logs/patterns/message-template.ts';
import type { LogGroupClass } from '../../local/data/logs/log-group.ts';
import { toMessagePattern } from '../../local/logs/insights/message-pattern.ts';
import { OUTCOMES } from './labelled-outcomes.ts';
import type { Fate, LabelledEvent, LabelledWindows } from './labelled-windows.ts';
import { createLogWorld, makeGroup } from './log-world.ts';
import { startLogsBench, structuredOf } from './logs-bench.ts';
import { BENCH_NOW_EPOCH_MS, type ToolBench } from './tool-bench.ts';

const HOUR_MS = 3_600_000;
const NAME = '/labelled';

type Told = Exclude<Fate, 'steady'>;
export const TOLD: readonly Told[] = ['new', 'vanished', 'grown', 'failing'];

interface Score {
  /** Labels with this fate. */
  labels: number;
  /** Of them those that the answer names with this change. */
  found: number;
  /** Patterns that the answer names with this change. */
  told: number;
  right: number;
}

export type Scores = Readonly<Record<Told, Score>>;

interface Judged {
  readonly scores: Scores;
  /** What was missed or made up, for reading. */
  readonly faults: readonly string[];
  readonly queries: number;
}

export interface ChangeJudge {
  judge(windows: LabelledWindows, logGroupClass: LogGroupClass): Promise<Judged>;
  close(): Promise<void>;
}

export async function startChangeJudge(): Promise<ChangeJudge> {
  const world = createLogWorld();
  // All changes are wanted, however long an answer becomes.
  const bench = await startLogsBench({
    logs: { ...world.operations, ListLogAnomalyDetectors: () => ({ anomalyDetectors: [] }) },
    env: { CLOUDWATCH_MCP_MAX_RESULT_CHARS: '200000', CLOUDWATCH_MCP_TOOL_TIMEOUT_MS: '600000' },
  });
  return {
    async judge(windows, logGroupClass) {
      const at = (startEpochMs: number) => (event: LabelledEvent) => ({
        timestampEpochMs: Math.floor(startEpochMs + event.at * (HOUR_MS - 1)),
        message: event.message,
      });
      const events = [
        ...windows.before.map(at(BENCH_NOW_EPOCH_MS - 2 * HOUR_MS)),
        ...windows.now.map(at(BENCH_NOW_EPOCH_MS - HOUR_MS)),
      ];
      const groups = [makeGroup(NAME, events, { logGroupClass })];
      world.hold(groups);
      return score(windows, await analyze(bench));
    },
    close: () => bench.close(),
  };
}

interface Change {
  readonly pattern: string;
  readonly change: string;
  readonly count: number;
  readonly count_before: number;
}

async function analyze(bench: ToolBench): Promise<{ changed: readonly Change[]; queries: number }> {
  const result = await bench.run('analyze_log_group', { log_group_arn: NAME });
  const { changed, total, statistics } = structuredOf(result);
  if (changed === undefined) throw new Error(bench.text(result));
  if (changed.length !== total) throw new Error(`The answer holds ${changed.length} of ${total} changes.`);
  return { changed, queries: statistics.queries };
}

function score(windows: LabelledWindows, { changed, queries }: Awaited<ReturnType<typeof analyze>>): Judged {
  const scores: Scores = {
    new: { labels: 0, found: 0, told: 0, right: 0 },
    vanished: { labels: 0, found: 0, told: 0, right: 0 },
    grown: { labels: 0, found: 0, told: 0, right: 0 },
    failing: { labels: 0, found: 0, told: 0, right: 0 },
  };
  const labelOf = createLabeller(windows);
  const found = new Set<string>();
  const faults: string[] = [];
  for (const { pattern, change, count, count_before: before } of changed) {
    const failing = findFailing(pattern);
    const kind = failing === undefined ? (change as Told) : 'failing';
    const label = failing ?? labelOf(pattern);
    const isRight = label !== undefined && windows.fates.get(label) === kind;
    scores[kind].told += 1;
    if (isRight) {
      scores[kind].right += 1;
      found.add(label);
    } else
      faults.push(`made up: ${change} ${before} → ${count} ${pattern} [${label}: ${windows.fates.get(label ?? '')}]`);
  }
  for (const [label, fate] of windows.fates) {
    if (fate === 'steady') continue;
    scores[fate].labels += 1;
    if (found.has(label)) scores[fate].found += 1;
    else faults.push(`missed: ${fate} ${label}`);
  }
  return { scores, faults, queries };
}

/** The statement of which the pattern tells the failure. */
function findFailing(pattern: string): string | undefined {
  const entry = Object.entries(OUTCOMES).find(
    ([, { word, failure }]) => pattern.includes(word) && pattern.includes(failure),
  );
  return entry === undefined ? undefined : `outcome/${entry[0]}`;
}

/** The label that most of the messages have which are cases of a pattern. */
function createLabeller({ before, now }: LabelledWindows): (pattern: string) => string | undefined {
  const forms = new Map<string, { tokens: readonly string[]; labels: Map<string, number> }>();
  for (const { label, message } of [...before, ...now]) {
    // As the program sees the message, and as it sees what CloudWatch makes of it.
    for (const template of new Set([toTemplate(message), toTemplate(toMessagePattern(message))])) {
      const form = forms.get(template) ?? { tokens: tokensOf(template), labels: new Map<string, number>() };
      forms.set(template, form);
      form.labels.set(label, (form.labels.get(label) ?? 0) + 1);
    }
  }
  return (pattern) => {
    const isCut = pattern.endsWith('…');
    const told = tokensOf(isCut ? pattern.slice(0, -1) : pattern);
    // The last token of a pattern that was cut may be a part of one.
    const length = isCut ? told.length - 1 : told.length;
    const labels = new Map<string, number>();
    for (const { tokens, labels: own } of forms.values()) {
      const isCase = isCut ? tokens.length >= length : tokens.length === length;
      if (!isCase || !doesFit(tokens.slice(0, length), told)) continue;
      for (const [label, count] of own) labels.set(label, (labels.get(label) ?? 0) + count);
    }
    return [...labels].reduce<readonly [string | undefined, number]>(
      (best, entry) => (entry[1] > best[1] ? entry : best),
      [undefined, 0],
    )[0];
  };
}

export function addScores(all: readonly Scores[]): Scores {
  const sum = (kind: Told): Score =>
    all.reduce(
      (total, { [kind]: each }) => ({
        labels: total.labels + each.labels,
        found: total.found + each.found,
        told: total.told + each.told,
        right: total.right + each.right,
      }),
      { labels: 0, found: 0, told: 0, right: 0 },
    );
  return { new: sum('new'), vanished: sum('vanished'), grown: sum('grown'), failing: sum('failing') };
}

/** What the analysis is held to. */
export const REACHES: Readonly<Record<Told, number>> = { new: 0.95, vanished: 0.95, grown: 0.95, failing: 0.98 };

export function shareOf(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}
