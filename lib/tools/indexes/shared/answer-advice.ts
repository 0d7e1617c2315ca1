/** Advice on field indexes in words and as structured items. Pure. */
import { z } from 'zod';
import type { FieldAdvice, GroupChoice } from '../../../domain/indexes/index-choice.ts';
import { cleanLine, clip } from '../../../domain/text/clean-text.ts';
import { countOf } from '../../../domain/text/counts.ts';
import { formatBytes } from '../../../domain/text/log-size.ts';
import { DAY_MS } from '../../../domain/time.ts';
import type { Section } from '../../../tool/types.ts';
import { countQueries } from './empty.ts';

/** Of each list besides the recommendations in the structured answer. */
export const MAX_LISTED = 100;
/** An indexed field has at most 100; what stands in queries may have any length. */
const MAX_NAME_CHARS = 120;

export const ADVICE_HEAD = 'field | queries it would help | they scanned | events with the field | last asked';

export const adviceOutput = z.object({
  field: z.string(),
  queries: z.int().describe('past queries that an index on it helps'),
  scanned_bytes: z.number().optional().describe('by these queries, where known'),
  percent_of_events: z.number().optional().describe('of a sample; absent: not known'),
  is_auto_indexed: z.boolean().describe('CloudWatch indexes it by itself for now'),
});

export const otherUseOutput = z.object({
  field: z.string(),
  reasons: z.array(z.object({ reason: z.string(), queries: z.int() })),
});

export function toAdviceOutput({ evidence, percent, isAuto }: FieldAdvice): z.input<typeof adviceOutput> {
  return {
    field: clip(evidence.field, MAX_NAME_CHARS),
    queries: evidence.queries,
    ...(evidence.measuredQueries > 0 && { scanned_bytes: evidence.scannedBytes }),
    percent_of_events: percent,
    is_auto_indexed: isAuto,
  };
}

export function toOtherUse({ evidence }: FieldAdvice): z.input<typeof otherUseOutput> {
  return {
    field: clip(evidence.field, MAX_NAME_CHARS),
    reasons: [...evidence.others]
      .map(([reason, queries]) => ({ reason, queries }))
      .sort((a, b) => b.queries - a.queries),
  };
}

export function writeAdvice(advice: FieldAdvice, nowEpochMs: number): string {
  const { evidence, percent, isAuto } = advice;
  const days = Math.max(0, Math.floor((nowEpochMs - evidence.lastUsedEpochMs) / DAY_MS));
  const unmeasured = evidence.queries - evidence.measuredQueries;
  const scanned =
    evidence.measuredQueries === 0
      ? 'not told'
      : `${formatBytes(evidence.scannedBytes)}${unmeasured === 0 ? '' : ` (${unmeasured} not told)`}`;
  return [
    nameOf(evidence.field),
    String(evidence.queries),
    scanned,
    percent === undefined ? 'not known' : percent < 1 ? 'under 1 %' : `${percent} %`,
    days === 0 ? 'today' : `${countOf(days, 'day')} ago`,
    ...(isAuto ? ['indexed by CloudWatch itself for now: it may drop it'] : []),
  ].join(' | ');
}

/** What was found besides the fields to add. */
export function sectionsOf(choice: GroupChoice): readonly Section[] {
  const named = (list: readonly FieldAdvice[]) =>
    list.map(({ evidence }) => `${nameOf(evidence.field)} (${countQueries(evidence.queries)})`);
  return [
    section('Worth an index too, but the policy has no room for them:', named(choice.beyondLimit)),
    section(
      'Filtered on, but in none of the events looked at; check the spelling (case counts):',
      named(choice.unseen),
    ),
    section('Filtered on and indexed already:', named(choice.alreadyIndexed)),
    section('Filtered on, but CloudWatch has no index on such a field:', named(choice.reserved)),
    section(
      'Filtered on only in ways that no index helps (how, and in how many queries):',
      choice.notHelped.map((advice) => `${nameOf(advice.evidence.field)}: ${writeReasons(advice)}`),
    ),
    section('In the policy, but no query of this time asked for them:', choice.unused.map(cleanLine)),
  ].filter(({ items }) => items.length > 0);
}

function nameOf(field: string): string {
  return clip(cleanLine(field), MAX_NAME_CHARS);
}

function section(title: string, items: readonly string[]): Section {
  return { title, items, isUntrusted: true };
}

const REASONS: Readonly<Record<string, string>> = {
  comparison: '!=, <, > or between',
  pattern: 'like or a pattern',
  negation: 'not',
  presence: 'present or not',
  function: 'inside a function or expression',
  'two fields': 'compared with another field',
  or: 'or with something that no index helps',
  'sub-query': 'in a sub-query',
  join: 'in a join',
  alias: 'under another name',
  'later command': 'after stats, limit or dedup',
};

function writeReasons(advice: FieldAdvice): string {
  return toOtherUse(advice)
    .reasons.map(({ reason, queries }) => `${REASONS[reason] ?? reason} (${queries})`)
    .join(', ');
}
