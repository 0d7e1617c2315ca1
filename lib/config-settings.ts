/** Every environment variable of the program: its parser, default and description. The README's table is generated from it. */
import { z } from 'zod';
import { REGIONS } from './domain/regions.ts';
import { TOOLSETS } from './domain/toolsets.ts';

const MAX_PORT = 65_535;

const boolean = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.enum(['true', 'false', '1', '0'], { error: 'must be true, false, 1 or 0' }))
  .transform((text) => text === 'true' || text === '1');

function integer(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .trim()
    .regex(/^\d{1,15}$/, error)
    .transform(Number)
    .refine((value) => value >= min && value <= max, error);
}

function decimal(min: number, max: number) {
  const error = `must be a number from ${min} to ${max}`;
  return z
    .string()
    .trim()
    .regex(/^\d{1,9}(\.\d{1,9})?$/, error)
    .transform(Number)
    .refine((value) => value >= min && value <= max, error);
}

const commaList = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

/** Kubernetes injects `tcp://10.0.0.1:3334` under this very name for a Service called cloudwatch-mcp. */
const port = z
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

const region = z
  .string()
  .trim()
  .refine((name) => Object.hasOwn(REGIONS, name), 'is not an AWS region, for example us-east-1');

const regionList = commaList.pipe(z.array(region).min(1, 'must name at least one region'));

const toolsets = commaList
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
const logLevel = z
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
const hostList = commaList.pipe(
  z.array(z.string().regex(hostEntry, 'must hold host names, each with or without a port; * is not allowed')),
);
const originList = commaList.pipe(
  z.array(
    z.string().regex(/^https?:\/\/[^/*\s]+$/, 'must hold origins such as https://chat.example.com; * is not allowed'),
  ),
);

export interface Setting<Schema extends z.ZodType> {
  /** Names in order of precedence; the first that is set wins. */
  readonly variables: readonly [string, ...string[]];
  readonly schema: Schema;
  /** As it would be written in the environment; undefined where there is none. */
  readonly fallback?: string;
  readonly description: string;
}

function setting<Schema extends z.ZodType>(definition: Setting<Schema>): Setting<Schema> {
  return definition;
}

export const SETTINGS = {
  port: setting({
    variables: ['CLOUDWATCH_MCP_PORT'],
    schema: port,
    fallback: '3334',
    description: 'TCP port; the form `tcp://10.0.0.1:3334` that Kubernetes injects is accepted; 0 takes a free one',
  }),
  host: setting({
    variables: ['CLOUDWATCH_MCP_SERVER_HOST'],
    schema: z.string().trim().min(1, 'must not be empty'),
    fallback: '127.0.0.1',
    description: 'address to listen on; the container image sets 0.0.0.0',
  }),
  isAuthEnabled: setting({
    variables: ['ENABLE_AUTH'],
    schema: boolean,
    fallback: 'true',
    description: 'verify a token on each HTTP request; this version can only serve with `false`, and says so',
  }),
  isUnauthenticatedLambdaAllowed: setting({
    variables: ['ALLOW_UNAUTHENTICATED'],
    schema: boolean,
    fallback: 'false',
    description: 'must be `true` to run without authentication behind a Lambda Function URL',
  }),
  region: setting({
    variables: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
    schema: region,
    fallback: 'us-east-1',
    description: 'default region of the tools',
  }),
  allowedRegions: setting({
    variables: ['CLOUDWATCH_MCP_REGIONS'],
    schema: regionList.optional(),
    description: 'comma list of regions that may be asked; default: all of the partition of `AWS_REGION`',
  }),
  profile: setting({
    variables: ['AWS_PROFILE'],
    schema: z.string().optional(),
    description: 'profile of the shared AWS configuration for ambient credentials',
  }),
  logLevel: setting({
    variables: ['FASTMCP_LOG_LEVEL', 'LOG_LEVEL'],
    schema: logLevel,
    fallback: 'INFO',
    description: 'DEBUG, INFO, WARNING, ERROR or CRITICAL, in any case',
  }),
  maxResultChars: setting({
    variables: ['CLOUDWATCH_MCP_MAX_RESULT_CHARS'],
    schema: integer(2_000, 400_000),
    fallback: '24000',
    description: 'characters of text in one tool result',
  }),
  toolTimeoutMs: setting({
    variables: ['CLOUDWATCH_MCP_TOOL_TIMEOUT_MS'],
    schema: integer(1_000, 600_000),
    fallback: '50000',
    description: 'milliseconds after which a tool answers with what it has',
  }),
  drainTimeoutMs: setting({
    variables: ['CLOUDWATCH_MCP_DRAIN_TIMEOUT_MS'],
    schema: integer(0, 600_000),
    fallback: '55000',
    description: 'milliseconds that calls in flight may take after SIGTERM',
  }),
  toolsets: setting({
    variables: ['CLOUDWATCH_MCP_TOOLSETS'],
    schema: toolsets,
    fallback: 'all',
    description: `comma list out of ${TOOLSETS.join(', ')}`,
  }),
  insightsConcurrency: setting({
    variables: ['CLOUDWATCH_MCP_INSIGHTS_CONCURRENCY'],
    schema: integer(1, 100),
    fallback: '20',
    description: 'Logs Insights queries in flight per account and region; the quota of AWS is 100',
  }),
  maxScanGb: setting({
    variables: ['CLOUDWATCH_MCP_MAX_SCAN_GB'],
    schema: decimal(0.001, 1_000_000),
    fallback: '100',
    description: 'gigabytes that one Logs Insights query may scan before it is stopped',
  }),
  insightsUsdPerGb: setting({
    variables: ['CLOUDWATCH_MCP_INSIGHTS_USD_PER_GB'],
    schema: decimal(0, 1_000),
    fallback: '0.005',
    description: 'price of a scanned gigabyte, for cost estimates',
  }),
  isMetricsEnabled: setting({
    variables: ['CLOUDWATCH_MCP_METRICS_ENABLED'],
    schema: boolean.optional(),
    description: 'serve Prometheus metrics at `/metrics`; default: true, on Lambda false',
  }),
  allowedHosts: setting({
    variables: ['MCP_ALLOWED_HOSTS'],
    schema: hostList,
    fallback: '',
    description: 'comma list of Host header values beside the local and in-cluster names; without a port, any port',
  }),
  allowedOrigins: setting({
    variables: ['MCP_ALLOWED_ORIGINS'],
    schema: originList,
    fallback: '',
    description: 'comma list of browser origins that may call',
  }),
  podNamespace: setting({
    variables: ['POD_NAMESPACE'],
    schema: z
      .string()
      .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'must be a Kubernetes namespace')
      .optional(),
    description: 'namespace of the pod; makes the in-cluster names of the service allowed hosts',
  }),
} as const;
