/** What is new, gone or grown in a sample of log lines against one of before, by pattern and by field. Pure. */
import { kindOfField } from '../logs/fields/field-words.ts';
import type { LogLine } from './log-sample.ts';

export interface PatternChange {
  readonly template: string;
  readonly isError: boolean;
  readonly change: 'new' | 'grown' | 'gone';
  readonly before: number;
  /** Of those, in as long a time as that of `after`. */
  readonly expected: number;
  readonly after: number;
  readonly firstEpochMs: number;
  readonly example: string;
  /** Standard deviations, at most 1,000. */
  readonly deviations: number;
  /** Fields whose value is the same in all lines of the pattern, by name. */
  readonly fields: ReadonlyMap<string, string>;
}

export interface FieldChange {
  readonly name: string;
  readonly value: string;
  /** `new`: not seen before; `concentrated`: has most of the errors and few of the other lines; `gone`. */
  readonly change: 'new' | 'concentrated' | 'gone';
  readonly firstEpochMs: number;
  /** Share of the lines before and after, of errors for `concentrated`: of other lines and of errors. */
  readonly before: number;
  readonly after: number;
  readonly deviations: number;
}

export interface LogComparison {
  readonly patterns: readonly PatternChange[];
  readonly fields: readonly FieldChange[];
  readonly errorsBefore: number;
  readonly errorsAfter: number;
  /** Changed patterns that are not among `patterns`, the less clear ones. */
  readonly patternsLeft: number;
}

/** More patterns that changed are lines that have no pattern. */
const MAX_PATTERNS = 500;
const LINES_PER_STEP = 100;

/** Of more values a field names single things. */
const MAX_VALUES = 60;
const MAX_DEVIATIONS = 1_000;
/** Share of the errors that one value must have. */
const CONCENTRATED = 0.6;
/** Errors that make a share one to speak of. */
const MIN_ERRORS = 8;
/** A value of a field that has at least this share of the lines since is no chance. */
const MIN_NEW_SHARE = 0.05;

/**
 * Yields after some lines and after each pattern.
 * @param scale how much longer the time before is than the time after
 * @param onsetEpochMs single lines count as new only close to it
 */
export function* compareLogs(
  before: readonly LogLine[],
  after: readonly LogLine[],
  scale: number,
  onsetEpochMs: number,
): Generator<void, LogComparison, undefined> {
  const isError = ({ severity }: LogLine) => severity === 'error';
  const patterns = yield* comparePatterns(before, after, scale, onsetEpochMs);
  const clearest = chooseClearest(patterns);
  const values = yield* compareValues(before, after);
  const concentrated = yield* concentrate(
    after.filter(isError),
    after.filter((line) => !isError(line)),
  );
  return {
    patterns: clearest,
    fields: [...values, ...concentrated],
    errorsBefore: before.filter(isError).length,
    errorsAfter: after.filter(isError).length,
    patternsLeft: patterns.length - clearest.length,
  };
}

/** In the same order. */
function chooseClearest(patterns: readonly PatternChange[]): readonly PatternChange[] {
  if (patterns.length <= MAX_PATTERNS) return patterns;
  const sorted = patterns.toSorted((a, b) => Number(b.isError) - Number(a.isError) || b.deviations - a.deviations);
  const kept = new Set(sorted.slice(0, MAX_PATTERNS));
  return patterns.filter((pattern) => kept.has(pattern));
}

const ONSET_MS = 3 * 60_000;

function* comparePatterns(
  before: readonly LogLine[],
  after: readonly LogLine[],
  scale: number,
  onsetEpochMs: number,
): Generator<void, readonly PatternChange[], undefined> {
  const [then, now] = [before, after].map((lines) => Map.groupBy(lines, ({ template }) => template));
  const templates = new Set([...(then?.keys() ?? []), ...(now?.keys() ?? [])]);
  // Each line may be of a pattern that is rare by chance: the more lines, the higher the bar.
  const bar = 2 + 0.5 * Math.log10(1 + before.length + after.length);
  const changes: PatternChange[] = [];
  for (const template of templates) {
    const change = comparePattern(then?.get(template) ?? [], now?.get(template) ?? [], { scale, onsetEpochMs, bar });
    if (change !== undefined) changes.push(change);
    yield;
  }
  return changes;
}

function comparePattern(
  old: readonly LogLine[],
  young: readonly LogLine[],
  { scale, onsetEpochMs, bar }: { readonly scale: number; readonly onsetEpochMs: number; readonly bar: number },
): PatternChange | undefined {
  const expected = old.length / scale;
  const deviations = (young.length - expected) / Math.sqrt(Math.max(1, expected + expected / scale));
  const sample = young[0] ?? old[0];
  if (sample === undefined) return undefined;
  const isError = sample.severity === 'error';
  const near = young.filter(({ epochMs }) => Math.abs(epochMs - onsetEpochMs) <= ONSET_MS);
  const isNew =
    old.length === 0 && (young.length > bar || (young.length > 0 && (isError || near.length === young.length)));
  const isGrown = deviations > 2 * bar && young.length > 2 * expected;
  const isGone = young.length === 0 && expected > 3 * bar;
  const change = isNew ? 'new' : isGrown ? 'grown' : isGone ? 'gone' : undefined;
  if (change === undefined) return undefined;
  return {
    template: sample.template,
    isError,
    change,
    before: old.length,
    expected,
    after: young.length,
    firstEpochMs: change === 'gone' ? lastOf(old) : firstOf(young),
    example: sample.text,
    deviations: Math.min(MAX_DEVIATIONS, Math.abs(deviations)),
    fields: constantFields(change === 'gone' ? old : young),
  };
}

function constantFields(lines: readonly LogLine[]): ReadonlyMap<string, string> {
  const [first, ...others] = lines;
  if (first === undefined) return new Map();
  return new Map([...first.fields].filter(([name, value]) => others.every(({ fields }) => fields.get(name) === value)));
}

/** Values that most lines carry now and none carried before, as those of a new version do, and the other way round. */
function* compareValues(
  before: readonly LogLine[],
  after: readonly LogLine[],
): Generator<void, readonly FieldChange[], undefined> {
  const isCommon = ({ severity }: LogLine) => severity !== 'error';
  // Errors carry fields of their own: what is new there is told by their pattern.
  const [oldLines, newLines] = [before.filter(isCommon), after.filter(isCommon)] as const;
  const [then, now] = [yield* countValues(oldLines), yield* countValues(newLines)];
  const changes: FieldChange[] = [];
  for (const [name, values] of now) {
    const old = then.get(name);
    if (old === undefined || values.size > MAX_VALUES || old.size > MAX_VALUES) continue;
    for (const [value, { count, firstEpochMs }] of values) {
      // That requests fail is what is known already.
      if (kindOfField(name) === 'code' && /^[45]\d\d$/.test(value)) continue;
      const share = count / Math.max(1, newLines.length);
      if (
        !old.has(value) &&
        share >= MIN_NEW_SHARE &&
        count * Math.log(1 + oldLines.length) > MIN_ERRORS * 3 &&
        oldLines.length > 20
      )
        changes.push({
          name,
          value,
          change: 'new',
          firstEpochMs,
          before: 0,
          after: share,
          deviations: Math.sqrt(count),
        });
    }
  }
  return changes;
}

type ValueCounts = Map<string, Map<string, { count: number; firstEpochMs: number }>>;

function* countValues(lines: readonly LogLine[]): Generator<void, ValueCounts, undefined> {
  const counts: ValueCounts = new Map();
  for (const [index, { fields, epochMs }] of lines.entries()) {
    if (index % LINES_PER_STEP === LINES_PER_STEP - 1) yield;
    for (const [name, value] of fields) {
      const values = counts.get(name) ?? new Map<string, { count: number; firstEpochMs: number }>();
      counts.set(name, values);
      const known = values.get(value);
      if (known !== undefined) {
        known.count += 1;
        known.firstEpochMs = Math.min(known.firstEpochMs, epochMs);
      } else if (values.size <= MAX_VALUES) values.set(value, { count: 1, firstEpochMs: epochMs });
    }
  }
  return counts;
}

/** Values that the errors have far oftener than the other lines: one host, one tenant, one version. */
function* concentrate(
  errors: readonly LogLine[],
  others: readonly LogLine[],
): Generator<void, readonly FieldChange[], undefined> {
  if (errors.length < MIN_ERRORS || others.length < MIN_ERRORS) return [];
  const [bad, good] = [yield* countValues(errors), yield* countValues(others)];
  const candidates = [...bad].filter(([name]) => (good.get(name)?.size ?? 0) > 1);
  const tests = candidates.reduce((sum, [, values]) => sum + values.size, 0);
  return candidates.flatMap(([name, values]) => {
    const usual = good.get(name) ?? new Map<string, { count: number }>();
    const all = [...usual.values()].reduce((sum, { count }) => sum + count, 0);
    if (usual.size > MAX_VALUES || values.size > MAX_VALUES) return [];
    return [...values].flatMap(([value, { count, firstEpochMs }]): FieldChange[] => {
      const share = count / errors.length;
      const expected = ((usual.get(value)?.count ?? 0) + 1) / (all + usual.size);
      const deviations = (share - expected) / Math.sqrt((expected * (1 - expected)) / errors.length);
      const isClear = share >= CONCENTRATED && share >= 2 * expected && deviations > 3 + Math.log10(1 + tests);
      return isClear
        ? [
            {
              name,
              value,
              change: 'concentrated',
              firstEpochMs,
              before: expected,
              after: share,
              deviations: Math.min(MAX_DEVIATIONS, deviations),
            },
          ]
        : [];
    });
  });
}

function firstOf(lines: readonly LogLine[]): number {
  return lines.reduce((first, { epochMs }) => Math.min(first, epochMs), Number.POSITIVE_INFINITY);
}

function lastOf(lines: readonly LogLine[]): number {
  return lines.reduce((last, { epochMs }) => Math.max(last, epochMs), Number.NEGATIVE_INFINITY);
}
