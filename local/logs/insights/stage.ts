import type { Row } from './row.ts';

/** One command at work: rows are pushed in, and at the end the stage gives out what it held back. */
export interface Stage {
  push(row: Row): void;
  finish(): void;
}
