/** Settings and findings → the text that the administrator reads, and the JSON that a program reads. */
import type { SettingLine } from './describe-settings.ts';
import { type Finding, isFailed } from './finding.ts';

export interface Report {
  readonly title: string;
  readonly settings: readonly SettingLine[];
  readonly findings: readonly Finding[];
  readonly exitCode: number;
}

const STATES = { ok: 'ok     ', failed: 'FAILED ', unknown: 'unknown' } as const;
const MAX_VALUE_CHARS = 120;

export function renderReport({ title, settings, findings }: Report): string {
  const width = Math.max(...settings.map(({ variable }) => variable.length));
  const failed = findings.filter(isFailed).length;
  return [
    title,
    '',
    'Settings:',
    ...settings.map(({ variable, value, source }) => `  ${variable.padEnd(width)}  ${clean(value)}  (${source})`),
    '',
    'Checks:',
    ...findings.flatMap(renderFinding),
    '',
    failed === 0 ? 'Nothing wrong was found.' : `${failed} of ${findings.length} checks failed.`,
    '',
  ].join('\n');
}

function renderFinding({ state, text, next }: Finding): string[] {
  const lines = [`  ${STATES[state]}  ${text.replaceAll('\n', '\n           ')}`];
  return next === undefined || state === 'ok' ? lines : [...lines, `           $ ${next}`];
}

/** One object; values as in the text, so that secrets stay hidden. */
export function renderJson({ title, settings, findings, exitCode }: Report): string {
  const shown = settings.map((line) => ({ ...line, value: clean(line.value) }));
  return `${JSON.stringify({ program: title, healthy: exitCode === 0, exitCode, settings: shown, checks: findings }, null, 2)}\n`;
}

function clean(value: string): string {
  const line = value.replaceAll(/\p{Cc}/gu, ' ');
  return line.length > MAX_VALUE_CHARS ? `${line.slice(0, MAX_VALUE_CHARS)}…` : line;
}
