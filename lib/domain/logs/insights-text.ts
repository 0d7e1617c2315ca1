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
  const time = table.columns.indexOf(TIME);
  const message = table.columns.indexOf(MESSAGE);
  return time >= 0 && message >= 0
    ? writeEvents(table, { time, message }, maxRowChars)
    : writeCells(table, maxRowChars);
}

function writeEvents(table: InsightsTable, at: { time: number; message: number }, maxRowChars: number): TableText {
  const others = table.columns.flatMap((name, index) =>
    index === at.time || index === at.message ? [] : [{ name: cleanLine(name), index }],
  );
  let cutRows = 0;
  const lines = table.rows.map((row) => {
    const fields = others.flatMap(({ name, index }) => {
      const value = row[index];
      return value === undefined ? [] : [`${name}=${cleanLine(value)}`];
    });
    const parts = [cleanLine(row[at.time] ?? ABSENT), ...fields, cleanLine(row[at.message] ?? '')];
    const fitted = fitParts(parts, maxRowChars, 2);
    if (fitted !== parts) cutRows += 1;
    return fitted.join('  ').trimEnd();
  });
  const head = [`${TIME} (UTC)`, ...others.map(({ name }) => `${name}=…`), MESSAGE].join('  ');
  return { head: clip(head, maxRowChars), lines, cutRows };
}

function writeCells(table: InsightsTable, maxRowChars: number): TableText {
  let cutRows = 0;
  if (table.columns.length === 0) return { head: '', lines: table.rows.map(() => ONLY_POINTER), cutRows: 0 };
  const lines = table.rows.map((row) => {
    const cells = row.map((value) => (value === undefined ? ABSENT : cleanLine(value)));
    const fitted = fitParts(cells, maxRowChars, SEPARATOR.length);
    if (fitted !== cells) cutRows += 1;
    return fitted.join(SEPARATOR);
  });
  return { head: clip(table.columns.map(cleanLine).join(SEPARATOR), maxRowChars), lines, cutRows };
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
