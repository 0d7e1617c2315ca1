/**
 * One JSON line per event, over the Powertools Logger. Responsibilities: level, redaction, one line whatever the text
 * holds, the right stream. Not: request-scoped state (fields are passed with each call; `appendKeys` is process-wide).
 */
import { Logger as PowertoolsLogger } from '@aws-lambda-powertools/logger';
import type { Config } from '../config/config.ts';
import { redactForLog } from './log-redaction.ts';

/**
 * `fields` must not use the names `level`, `message`, `service`, `timestamp` and `sampling_rate`: they belong to the
 * line itself. An `Error` as a value is written with name, message, stack and cause.
 */
export interface Logger {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** Takes one finished line, its newline included. */
export type LineWriter = (line: string) => void;

const SERVICE_NAME = 'cloudwatch-mcp';

/** Writes to stdout; to stderr under stdio, where stdout belongs to the protocol. */
export function createLogger(config: Pick<Config, 'logLevel' | 'transport'>, writeLine?: LineWriter): Logger {
  const stream = config.transport === 'stdio' ? process.stderr : process.stdout;
  const logger = new LineLogger(config.logLevel, writeLine ?? ((line) => void stream.write(line)));
  return {
    debug: (message, fields = {}) => logger.debug(message, fields),
    info: (message, fields = {}) => logger.info(message, fields),
    warn: (message, fields = {}) => logger.warn(message, fields),
    error: (message, fields = {}) => logger.error(message, fields),
  };
}

type LogItem = Parameters<PowertoolsLogger['printLog']>[1];

class LineLogger extends PowertoolsLogger {
  readonly #writeLine: LineWriter;

  constructor(logLevel: Config['logLevel'], writeLine: LineWriter) {
    super({ serviceName: SERVICE_NAME, logLevel, jsonReplacerFn: redactForLog });
    this.#writeLine = writeLine;
  }

  /** Powertools prints warnings to stderr and indents under POWERTOOLS_DEV: neither keeps one line per event on one stream. */
  protected override printLog(_logLevel: number, item: LogItem): void {
    item.prepareForPrint();
    // Nothing is sampled here, so the rate would be noise on every line.
    const { sampling_rate: _rate, ...attributes } = item.getAttributes();
    this.#writeLine(`${escapeControls(JSON.stringify(attributes, this.getJsonReplacer()))}\n`);
  }
}

/** JSON escapes C0 controls only; a terminal or a line splitter also acts on these. */
function escapeControls(json: string): string {
  return json.replaceAll(
    /[\p{Cc}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
