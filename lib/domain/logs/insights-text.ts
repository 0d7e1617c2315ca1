/** A table of Logs Insights as compact lines of text. Pure. */
import { cleanLine, clip } from '../text/clean-text.ts';
import { shareChars } from '../text/share-chars.ts';
import type { InsightsTable } from './insights-rows.ts';

const SEPARATOR = ' | ';
const ABSENT = '-';
/** A row of nothing that is shown. */
const ONLY_POINTER = '(only @ptr)';
const TIME = '@timestamp';
const MESSAGE = '@message';

export interface TableText {
  readonly head: string;
  /** One line a row. */
  readonly lines: readonly string[];
  /** Rows that were cut to fit. */
  readonly cutRows: number;
}

/** Events as `time  field=value  message`, everything else as a table. */
export function writeTable(table: InsightsTable, maxRowChars: number): TableText {
  const { head, write } = createRowWriter(table, maxRowChars);
  const lines = table.rows.map(write);
  return { head, lines: lines.map(({ text }) => text), cutRows: countCut(lines) };
}

export interface RowWriter {
  readonly head: string;
  /** The line of one row. */
  readonly write: (row: InsightsTable['rows'][number]) => RowText;
}

export interface RowText {
  readonly text: string;
  readonly isCut: boolean;
}

/** The same for who writes row by row. */
export function createRowWriter(table: Pick<InsightsTable, 'columns'>, maxRowChars: number): RowWriter {
  const time = table.columns.indexOf(TIME);
  const message = table.columns.indexOf(MESSAGE);
  return time >= 0 && message >= 0
    ? createEventWriter(table.columns, { time, message }, maxRowChars)
    : createCellWriter(table.columns, maxRowChars);
}

export function countCut(lines: readonly RowText[]): number {
  return lines.filter(({ isCut }) => isCut).length;
}

function createEventWriter(
  columns: readonly string[],
  at: { readonly time: number; readonly message: number },
  maxRowChars: number,
): RowWriter {
  const others = columns.flatMap((name, index) =>
    index === at.time || index === at.message ? [] : [{ name: cleanLine(name), index }],
  );
  const head = [`${TIME} (UTC)`, ...others.map(({ name }) => `${name}=…`), MESSAGE].join('  ');
  return {
    head: clip(head, maxRowChars),
    write(row) {
      const fields = others.flatMap(({ name, index }) => {
        const value = row[index];
        return value === undefined ? [] : [`${name}=${cleanLine(value)}`];
      });
      const parts = [cleanLine(row[at.time] ?? ABSENT), ...fields, cleanLine(row[at.message] ?? '')];
      const fitted = fitParts(parts, maxRowChars, 2);
      return { text: fitted.join('  ').trimEnd(), isCut: fitted !== parts };
    },
  };
}

function createCellWriter(columns: readonly string[], maxRowChars: number): RowWriter {
  if (columns.length === 0) return { head: '', write: () => ({ text: ONLY_POINTER, isCut: false }) };
  return {
    head: clip(columns.map(cleanLine).join(SEPARATOR), maxRowChars),
    write(row) {
      const cells = row.map((value) => (value === undefined ? ABSENT : cleanLine(value)));
      const fitted = fitParts(cells, maxRowChars, SEPARATOR.length);
      return { text: fitted.join(SEPARATOR), isCut: fitted !== cells };
    },
  };
}

const MIN_PART_CHARS = 8;

/** The same array when everything fits; otherwise the long parts are cut to equal length and short ones stay whole. */
function fitParts(parts: readonly string[], maxChars: number, separatorChars: number): readonly string[] {
  const roomChars = maxChars - separatorChars * Math.max(0, parts.length - 1);
  const share = shareChars(
    parts.map((part) => part.length),
    roomChars,
  );
  return share === Number.POSITIVE_INFINITY ? parts : parts.map((part) => clip(part, Math.max(MIN_PART_CHARS, share)));
}
