/** Settings of the server itself: where it listens, what it serves, its limits. */
import { z } from 'zod';
import { TOOLSETS } from '../domain/toolsets.ts';
import {
  boolean,
  decimal,
  hostList,
  integer,
  logLevel,
  originList,
  port,
  region,
  regionList,
  toolsets,
} from './parsers.ts';
import { setting } from './setting.ts';

export const SERVER_SETTINGS = {
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
  maxStructuredChars: setting({
    variables: ['CLOUDWATCH_MCP_MAX_STRUCTURED_CHARS'],
    schema: integer(2_000, 4_000_000),
    fallback: '100000',
    description: 'characters of `structuredContent` in one tool result, which few clients give to their model',
  }),
  maxAnswerBytes: setting({
    variables: ['CLOUDWATCH_MCP_MAX_ANSWER_BYTES'],
    schema: integer(1_000_000, 100_000_000),
    fallback: '12000000',
    description: 'bytes of one answer of AWS; a longer one is not read',
  }),
  maxCallBytes: setting({
    variables: ['CLOUDWATCH_MCP_MAX_CALL_BYTES'],
    schema: integer(1_000_000, 1_000_000_000),
    fallback: '64000000',
    description: 'bytes of all answers of AWS to one tool call',
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
