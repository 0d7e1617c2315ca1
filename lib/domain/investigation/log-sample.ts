/** Log messages of a time, as a comparison needs them: their shapes, how bad they are, and the fields that they carry. Pure. */

import { readFields } from '../logs/fields/read-fields.ts';
import { isSaying, toTemplate } from '../logs/patterns/message-template.ts';
import { type Severity, severityOf } from '../logs/patterns/pattern-severity.ts';

export interface LogLine {
  readonly epochMs: number;
  readonly template: string;
  readonly severity: Severity;
  /** By path, e.g. `error.code`; ids, times, amounts and sentences are left out. */
  readonly fields: ReadonlyMap<string, string>;
  readonly text: string;
}

export function readLogLine(epochMs: number, text: string): LogLine {
  const template = toTemplate(text);
  const told = readFields(text).filter(({ name }) => !isSaying(name));
  return {
    epochMs,
    template,
    severity: severityOf(template),
    fields: new Map(told.map(({ name, value }) => [name, value])),
    text,
  };
}
