/** The forms of settings: text out of the environment → value, with a fault that says what it must be. */
import { z } from 'zod';
import { REGIONS } from '../domain/regions.ts';
import { TOOLSETS } from '../domain/toolsets.ts';

const MAX_PORT = 65_535;

export const boolean = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.enum(['true', 'false', '1', '0'], { error: 'must be true, false, 1 or 0' }))
  .transform((text) => text === 'true' || text === '1');

export function integer(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .trim()
    .regex(/^\d{1,15}$/, error)
    .transform(Number)
    .refine((value) => value >= min && value <= max, error);
}

export function decimal(min: number, max: number) {
  const error = `must be a number from ${min} to ${max}`;
  return z
    .string()
    .trim()
    .regex(/^\d{1,9}(\.\d{1,9})?$/, error)
    .transform(Number)
    .refine((value) => value >= min && value <= max, error);
}

export const commaList = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

/** Kubernetes injects `tcp://10.0.0.1:3334` under this very name for a Service called cloudwatch-mcp. */
export const port = z
  .string()
  .trim()
  .transform((text) => /^tcp:\/\/[^/]+:(\d{1,5})$/.exec(text)?.[1] ?? text)
  .pipe(
    z
      .string()
      .regex(/^\d{1,5}$/, 'must be a port number such as 3334, or the form tcp://10.0.0.1:3334')
      .transform(Number)
      .refine((value) => value <= MAX_PORT, `must be at most ${MAX_PORT}`),
  );

export const region = z
  .string()
  .trim()
  .refine((name) => Object.hasOwn(REGIONS, name), 'is not an AWS region, for example us-east-1');

export const regionList = commaList.pipe(z.array(region).min(1, 'must name at least one region'));

export const toolsets = commaList
  .transform((names) => (names.includes('all') ? [...TOOLSETS] : names))
  .pipe(
    z
      .array(z.enum(TOOLSETS, { error: `must hold only: all, ${TOOLSETS.join(', ')}` }))
      .min(1, 'must name at least one toolset, or all'),
  );

/** Python's names are accepted because the server's predecessor used them. */
const LOG_LEVELS = {
  TRACE: 'TRACE',
  DEBUG: 'DEBUG',
  INFO: 'INFO',
  WARN: 'WARN',
  WARNING: 'WARN',
  ERROR: 'ERROR',
  CRITICAL: 'CRITICAL',
  FATAL: 'CRITICAL',
  SILENT: 'SILENT',
} as const;
export const logLevel = z
  .string()
  .trim()
  .toUpperCase()
  .pipe(
    z.enum(Object.keys(LOG_LEVELS) as (keyof typeof LOG_LEVELS)[], {
      error: 'must be one of DEBUG, INFO, WARNING, ERROR, CRITICAL',
    }),
  )
  .transform((name) => LOG_LEVELS[name]);

const hostEntry = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(:\d{1,5})?$/;
export const hostList = commaList.pipe(
  z.array(z.string().regex(hostEntry, 'must hold host names, each with or without a port; * is not allowed')),
);
export const originList = commaList.pipe(
  z.array(
    z.string().regex(/^https?:\/\/[^/*\s]+$/, 'must hold origins such as https://chat.example.com; * is not allowed'),
  ),
);

/** A list of which each entry obeys a rule; the rule gives the fault as a phrase. */
export function listOf(findFault: (entry: string) => string | undefined) {
  return commaList.superRefine((entries, context) => {
    for (const entry of entries) {
      const message = findFault(entry);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    }
  });
}

export function textThat(findFault: (text: string) => string | undefined) {
  return z
    .string()
    .trim()
    .superRefine((text, context) => {
      const message = findFault(text);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    });
}

/** One word out of a list, in any case. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.enum(words, { error: `must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}` }));
}

/** JSON of a given shape; `error` says which. */
export function json<Schema extends z.ZodType>(schema: Schema, error: string) {
  return z.string().transform((text, context): z.output<Schema> => {
    const parsed = schema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: error });
    return z.NEVER;
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
