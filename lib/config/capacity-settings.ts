/** How much of everything this process takes at once. The defaults together fit the memory of the manifests (docs/operations.md). */
import { integer } from './parsers.ts';
import { setting } from './setting.ts';

const MIN_BODY_BYTES = 1_048_576;
const MAX_BODY_BYTES = 1_073_741_824;
const MIN_HELD_BYTES = 1_000_000;
const MAX_CONNECTIONS = 100_000;
const MAX_CALLS = 10_000;

export const CAPACITY_SETTINGS = {
  maxConnections: setting({
    variables: ['CLOUDWATCH_MCP_MAX_CONNECTIONS'],
    schema: integer(1, MAX_CONNECTIONS),
    fallback: '512',
    description: 'HTTP connections at once; above them only `/health`, `/ready` and `/metrics` are served',
  }),
  maxBodyBytes: setting({
    variables: ['CLOUDWATCH_MCP_MAX_BODY_BYTES'],
    schema: integer(MIN_BODY_BYTES, MAX_BODY_BYTES),
    fallback: '16777216',
    description: 'bytes of request bodies held at once, of all requests together; each is at most 1 MiB',
  }),
  maxHeldAnswerBytes: setting({
    variables: ['CLOUDWATCH_MCP_MAX_HELD_ANSWER_BYTES'],
    schema: integer(MIN_HELD_BYTES, MAX_BODY_BYTES),
    fallback: '24000000',
    description:
      'bytes of the answers of AWS that all tool calls at work hold together; a further one above 100 kB waits up to 25 s',
  }),
  maxCalls: setting({
    variables: ['CLOUDWATCH_MCP_MAX_CALLS'],
    schema: integer(1, MAX_CALLS),
    fallback: '32',
    description: 'tool calls at work at once; others wait their turn for up to 10 s',
  }),
  maxCallsPerUser: setting({
    variables: ['CLOUDWATCH_MCP_MAX_CALLS_PER_USER'],
    schema: integer(1, MAX_CALLS),
    fallback: '16',
    description: 'tool calls of one user at work at once; others wait their turn for up to 10 s',
  }),
} as const;
