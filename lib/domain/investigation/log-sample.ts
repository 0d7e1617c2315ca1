/** Log messages of a time, as a comparison needs them: their shapes, how bad they are, and the fields that they carry. Pure. */

import { scanFields } from '../logs/fields/scan-fields.ts';
import { toTemplate } from '../logs/patterns/message-template.ts';
import { type Severity, severityOf } from '../logs/patterns/pattern-severity.ts';

export interface LogLine {
  readonly epochMs: number;
  readonly template: string;
  readonly severity: Severity;
  /** By path, e.g. `error.code`; what is long or an id by its looks is left out. */
  readonly fields: ReadonlyMap<string, string>;
  readonly text: string;
}

/** What says the same as the message itself, or is another in each line. */
const SAID_ALREADY =
  /^(time|timestamp|@timestamp|ts|date|datetime|level|lvl|severity|loglevel|log_level|message|msg|text|stack|stacktrace|trace|requestid|request_id|traceid|trace_id|spanid|span_id|duration|durationms|duration_ms|latency|latencyms|elapsed|id|uuid)$/i;
const MAX_VALUE_CHARS = 80;
const MAX_FIELDS = 40;
const PAIRS = /(?<![\w?&])([A-Za-z_][\w.-]{0,40})=("[^"]{0,80}"|[^\s,;&)\]}"']{1,80})/g;

export function readLogLine(epochMs: number, text: string): LogLine {
  const template = toTemplate(text);
  return { epochMs, template, severity: severityOf(template), fields: readFields(text), text };
}

function readFields(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  const keep = (name: string, value: string): void => {
    const last = name.slice(name.lastIndexOf('.') + 1);
    const isTold = SAID_ALREADY.test(last) || value === '' || value.length > MAX_VALUE_CHARS;
    if (!isTold && fields.size < MAX_FIELDS && !fields.has(name)) fields.set(name, value);
  };
  if (text.startsWith('{')) for (const { path, value } of scanFields(text)) keep(path.join('.'), value);
  else if (text.includes('='))
    for (const [, name = '', value = ''] of text.matchAll(PAIRS)) keep(name, value.replace(/^"|"$/g, ''));
  return fields;
}
