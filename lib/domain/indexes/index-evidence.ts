/** What past queries say about the fields of each log group. Pure; linear in the number of queries. */
import type { OtherReason } from '../logs/query/condition.ts';
import type { FieldUse } from '../logs/query/field-use.ts';
import { findFieldUses } from '../logs/query/find-field-uses.ts';
import { QUERY_LANGUAGES } from '../logs/query/query-text.ts';
import type { QueryDialect } from '../logs/query/token.ts';

export interface HistoryQuery {
  readonly query: string;
  readonly language: QueryDialect;
  readonly logGroup?: string;
  readonly createdEpochMs: number;
  readonly bytesScanned?: number;
}

export interface FieldEvidence {
  readonly field: string;
  /** Queries that an index on the field would help. */
  readonly queries: number;
  /** What they scanned, as far as it is known. */
  readonly scannedBytes: number;
  /** How many of them told what they scanned. */
  readonly measuredQueries: number;
  readonly lastUsedEpochMs: number;
  /** Queries that filter on it in a way that no index helps, by reason. */
  readonly others: ReadonlyMap<OtherReason, number>;
}

export interface GroupEvidence {
  /** Queries that read the group. */
  readonly queries: number;
  readonly scannedBytes: number;
  /** The fields most worth an index first. */
  readonly fields: readonly FieldEvidence[];
}

interface Tally {
  queries: number;
  scannedBytes: number;
  measuredQueries: number;
  lastUsedEpochMs: number;
  others: Map<OtherReason, number>;
}

/** Key of the evidence of queries of which nobody says what they read. */
export const UNKNOWN_GROUP = '';

export interface EvidenceCollector {
  /** Takes time in proportion to the text of the queries: hand over large histories in parts. */
  add(history: readonly HistoryQuery[]): void;
  /** By the name of the log group. */
  result(): ReadonlyMap<string, GroupEvidence>;
}

interface GroupTally {
  queries: number;
  scannedBytes: number;
  readonly fields: Map<string, Tally>;
}

export function collectEvidence(): EvidenceCollector {
  const groups = new Map<string, GroupTally>();
  const analyze = createAnalyzer();
  return {
    add(history) {
      for (const past of history) tally(groups, past, analyze(past.query, past.language));
    },
    result: () =>
      new Map(
        [...groups].map(([name, { fields, ...rest }]) => {
          const list = [...fields].map(([field, each]) => ({ field, ...each }));
          return [name, { ...rest, fields: list.sort(compareWorth(list)) }];
        }),
      ),
  };
}

function tally(groups: Map<string, GroupTally>, past: HistoryQuery, uses: readonly FieldUse[]): void {
  const own = nameOfGroup(past.logGroup ?? UNKNOWN_GROUP);
  const read = new Set([own, ...uses.flatMap(({ logGroups = [] }) => logGroups.map(nameOfGroup))]);
  if (own === UNKNOWN_GROUP && read.size > 1) read.delete(UNKNOWN_GROUP);
  for (const name of read) {
    const group = entry(groups, name, () => ({ queries: 0, scannedBytes: 0, fields: new Map<string, Tally>() }));
    group.queries += 1;
    group.scannedBytes += past.bytesScanned ?? 0;
    const ofGroup = uses.filter(({ logGroups = [own] }) => logGroups.some((each) => nameOfGroup(each) === name));
    for (const { field, reason } of ofGroup) count(entry(group.fields, field, newTally), past, reason);
  }
}

/** Texts that are kept; people and schedules repeat themselves. */
const MAX_KNOWN_TEXTS = 500;
const MAX_KNOWN_CHARS = 2_000;

function createAnalyzer(): typeof findFieldUses {
  const known = new Map<string, readonly FieldUse[]>();
  return (query, language) => {
    const key = `${language} ${query}`;
    // The service may name a language that is newer than this program: what such a query reads is not known.
    const uses = known.get(key) ?? (QUERY_LANGUAGES.includes(language) ? findFieldUses(query, language) : []);
    if (known.size < MAX_KNOWN_TEXTS && query.length <= MAX_KNOWN_CHARS) known.set(key, uses);
    return uses;
  };
}

function newTally(): Tally {
  return { queries: 0, scannedBytes: 0, measuredQueries: 0, lastUsedEpochMs: 0, others: new Map() };
}

function count(tally: Tally, past: HistoryQuery, reason: OtherReason | undefined): void {
  tally.lastUsedEpochMs = Math.max(tally.lastUsedEpochMs, past.createdEpochMs);
  if (reason !== undefined) {
    tally.others.set(reason, (tally.others.get(reason) ?? 0) + 1);
    return;
  }
  tally.queries += 1;
  tally.scannedBytes += past.bytesScanned ?? 0;
  tally.measuredQueries += past.bytesScanned === undefined ? 0 : 1;
}

/** By what the queries scan that an index would help, one that does not tell counted as the mean; then by their number. */
function compareWorth(fields: readonly FieldEvidence[]): (a: FieldEvidence, b: FieldEvidence) => number {
  const measured = fields.reduce((sum, field) => sum + field.measuredQueries, 0);
  const meanBytes = measured === 0 ? 1 : fields.reduce((sum, field) => sum + field.scannedBytes, 0) / measured;
  const worth = (field: FieldEvidence) =>
    field.scannedBytes + (field.queries - field.measuredQueries) * Math.max(1, meanBytes);
  return (a, b) => worth(b) - worth(a) || b.queries - a.queries || (a.field < b.field ? -1 : 1);
}

/** An ARN or a name → the name. */
export function nameOfGroup(identifier: string): string {
  return /^arn:[^:]*:logs:[^:]*:\d*:log-group:([^:]+)/.exec(identifier)?.[1] ?? identifier;
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
