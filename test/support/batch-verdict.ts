/** Asks a batch and one query over the same log groups, and says whether the answers are the same or the difference is told. */
import type { LogGroup } from '../../local/data/logs/log-group.ts';
import { compareForSort } from '../../local/logs/insights/sort-order.ts';
import { BATCH_RANGE_MS, BATCH_REGIONS, type BatchCase } from './batch-cases.ts';
import { askOneQuery, createLogWorld, type LogWorld, makeGroup } from './log-world.ts';
import { structuredOf } from './logs-bench.ts';
import { BENCH_NOW_EPOCH_MS, startToolBench, type ToolBench } from './tool-bench.ts';

const CHUNK_GROUPS = 50;
const RANGE = { startEpochMs: BENCH_NOW_EPOCH_MS - BATCH_RANGE_MS, endEpochMs: BENCH_NOW_EPOCH_MS };
const NO_LIMIT = 100_000;

type Row = Record<string, string | number>;

export interface Verdict {
  readonly outcome: 'equal' | 'labelled' | 'wrong';
  /** Aggregates that can be merged, and those of them that were. */
  readonly mergeable: number;
  readonly merged: number;
  /** What is wrong, for a person. */
  readonly fault?: string;
}

export interface BatchJudge {
  judge(batch: BatchCase): Promise<Verdict>;
  close(): Promise<void>;
}

export async function startBatchJudge(): Promise<BatchJudge> {
  const world = createLogWorld();
  const bench = await startToolBench({
    nowEpochMs: () => BENCH_NOW_EPOCH_MS,
    operations: { logs: world.operations },
    env: { CLOUDWATCH_MCP_MAX_RESULT_CHARS: '100000' },
  });
  return { judge: (batch) => judge(batch, world, bench), close: () => bench.close() };
}

async function judge(batch: BatchCase, world: LogWorld, bench: ToolBench): Promise<Verdict> {
  const groups = build(batch);
  world.hold(groups);
  const result = await bench.run('execute_cwl_insights_batch', {
    // ARNs are looked up in their own region only.
    log_group_names: groups.map(({ account, region, name }) => `arn:aws:logs:${region}:${account}:log-group:${name}`),
    regions: [...BATCH_REGIONS],
    query_string: batch.query,
    start_time: '-10m',
    limit: batch.limit,
  });
  const structured = structuredOf(result);
  const text = bench.text(result);
  const counts = { mergeable: batch.mergeable.length, merged: batch.mergeable.length };
  if (result.isError === true || structured.status !== 'complete')
    return { ...counts, outcome: 'wrong', fault: text.slice(0, 300) };
  const warnings: string[] = structured.warnings ?? [];
  const answer = { rows: readRows(structured.columns, structured.rows), text, isMerged: structured.merged === true };
  const unclear = warnings.join(' ');
  counts.merged = batch.mergeable.filter(
    (column) => !new RegExp(`\\b${column}\\b.* cannot be told`).test(unclear),
  ).length;
  const fault = answer.isMerged
    ? await judgeMerged(batch, groups, answer)
    : await judgeLabelled(batch, groups, answer, unclear);
  if (fault !== undefined) return { ...counts, outcome: 'wrong', fault };
  const isTold = !answer.isMerged || text.includes('which groups are kept is arbitrary');
  return { ...counts, outcome: isTold ? 'labelled' : 'equal' };
}

interface BatchAnswer {
  readonly rows: readonly Row[];
  readonly text: string;
  readonly isMerged: boolean;
}

function build({ sizes, events }: BatchCase): LogGroup[] {
  const names = sizes.flatMap((size, place) =>
    Array.from({ length: size }, (_, index) => ({ name: `g${place}-${index}`, region: BATCH_REGIONS[place] ?? '' })),
  );
  return names.map(({ name, region }, index) =>
    makeGroup(
      name,
      events
        .filter(({ group }) => group % names.length === index)
        .map(({ atMs, fields }) => ({
          timestampEpochMs: RANGE.startEpochMs + atMs,
          message: JSON.stringify({ ...fields, pad: 'x'.repeat(atMs % 9) }),
        })),
      { region },
    ),
  );
}

function readRows(columns: readonly string[], rows: readonly (string | number | null)[][]): Row[] {
  return rows.map((cells) =>
    Object.fromEntries(
      cells.flatMap((cell, index) => {
        const column = columns[index] ?? '';
        return cell === null || column === 'region' ? [] : [[column, cell]];
      }),
    ),
  );
}

/** Rows equal those of one query; of groups that tie in the order, or have none, any may stand before the others. */
async function judgeMerged(batch: BatchCase, groups: readonly LogGroup[], answer: BatchAnswer) {
  const whole = await askOneQuery(
    batch.query,
    groups,
    RANGE,
    /(?:^|\| )limit \d/.test(batch.query) ? undefined : batch.limit,
  );
  const [found, expected] = [answer.rows.map(normalize), whole.map(normalize)];
  if (batch.kind === 'events') return differ(found, expected);
  if (batch.kind === 'single') return 'merged what only one query can tell';
  const all = (await askOneQuery(batch.query.replace(/ \| limit \d+/, ''), groups, RANGE, NO_LIMIT)).map(normalize);
  if (all.length === expected.length)
    return differ(found.toSorted(), all.toSorted()) ?? judgeOrder(batch, answer.rows, whole);
  const strange = found.find((row) => !all.includes(row));
  if (strange !== undefined) return `no group of one query: ${strange}`;
  if (found.length !== expected.length) return `${found.length} groups instead of ${expected.length}`;
  return batch.sortColumns.length === 0 && !batch.query.includes('bin(') && !answer.text.includes('is arbitrary')
    ? 'a limit without a sort is not said'
    : judgeOrder(batch, answer.rows, whole);
}

function judgeOrder({ sortColumns }: BatchCase, rows: readonly Row[], whole: readonly Row[]): string | undefined {
  for (const [index, row] of rows.entries()) {
    for (const column of sortColumns) {
      const [a, b] = [row[column], whole[index]?.[column]];
      const isSame = a === undefined || b === undefined ? a === b : compareForSort(a, b) === 0 || isClose(a, b);
      if (!isSame) return `row ${index} has ${column}=${a} instead of ${b}`;
    }
  }
  return undefined;
}

/** Each row is told truly: as that of its chunk, or of all of them. */
async function judgeLabelled(batch: BatchCase, groups: readonly LogGroup[], { rows }: BatchAnswer, warnings: string) {
  if (!/Not merged: .+\.|cannot be told from the values of the parts/.test(warnings))
    return `no reason given: ${warnings}`;
  const isSingle = batch.kind === 'single';
  const query = isSingle ? batch.query : batch.query.replace(/ \| (?:sort|limit) .*$/, '');
  const limit = isSingle ? batch.limit : NO_LIMIT;
  const known = new Map<string, readonly string[]>();
  for (const { label, members } of chunksOf(groups))
    known.set(label, (await askOneQuery(query, members, RANGE, limit)).map(normalize));
  const all = await askOneQuery(query, groups, RANGE, NO_LIMIT);
  for (const { chunk, ...row } of rows) {
    if (chunk === undefined) return 'a row does not say its chunk';
    const isTrue =
      chunk === 'all'
        ? all.some((whole) => normalize(whole) === normalize(row) || holds(whole, row))
        : known.get(String(chunk))?.includes(normalize(row));
    if (isTrue !== true) return `not true of ${chunk}: ${normalize(row)}`;
  }
  return undefined;
}

/** The columns that are there are those of the group; those that could not be told are missing. */
function holds(whole: Row, row: Row): boolean {
  return Object.entries(row).every(([name, cell]) => {
    const other = whole[name];
    return other !== undefined && (String(other) === String(cell) || isClose(other, cell));
  });
}

function chunksOf(groups: readonly LogGroup[]) {
  return BATCH_REGIONS.flatMap((region) => {
    const own = groups.filter((group) => group.region === region);
    return Array.from({ length: Math.ceil(own.length / CHUNK_GROUPS) }, (_, index) => ({
      label: own.length > CHUNK_GROUPS ? `${region} #${index + 1}` : region,
      members: own.slice(index * CHUNK_GROUPS, (index + 1) * CHUNK_GROUPS),
    }));
  });
}

const DIGITS = 9;

function isClose(a: string | number, b: string | number): boolean {
  return Number(Number(a).toPrecision(DIGITS)) === Number(Number(b).toPrecision(DIGITS));
}

function normalize(row: Row): string {
  const cells = Object.entries(row).map(([name, cell]) => {
    const number = typeof cell === 'number' ? cell : Number(cell === '' ? Number.NaN : cell);
    return [name, Number.isNaN(number) ? cell : Number(number.toPrecision(DIGITS))];
  });
  return JSON.stringify(cells.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
}

function differ(found: readonly string[], expected: readonly string[]): string | undefined {
  const at = found.findIndex((row, index) => row !== expected[index]);
  if (at < 0 && found.length === expected.length) return undefined;
  return at < 0
    ? `${found.length} rows instead of ${expected.length}`
    : `row ${at} is ${found[at]} instead of ${expected[at]}`;
}
