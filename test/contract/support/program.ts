/** The program's tools against any endpoint that speaks AWS's protocols. */
import { createAmbientClientPool } from '../../../lib/aws/credentials/client-pool.ts';
import { loadConfig } from '../../../lib/config/config.ts';
import { createToolRunner } from '../../../lib/mcp/tool-runner.ts';
import { createLogger } from '../../../lib/telemetry/logger.ts';
import { createMetrics } from '../../../lib/telemetry/metrics.ts';
import { AMBIENT_CREDENTIALS } from '../../../local/scenario.ts';

export interface ToolAnswer {
  readonly isError: boolean;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Program {
  call(name: string, args: object): Promise<ToolAnswer>;
  close(): void;
}

export function startProgram(endpoint: string): Program {
  const config = loadConfig({ ENABLE_AUTH: 'false', AWS_REGION: 'us-east-1' }, 'http');
  const runner = createToolRunner({
    config,
    logger: createLogger(config, () => undefined),
    metrics: createMetrics(),
    clients: createAmbientClientPool({ endpoint, credentials: AMBIENT_CREDENTIALS }),
  });
  let calls = 0;
  return {
    async call(name, args) {
      calls += 1;
      const result = await runner.run({ name, args, requestId: `contract-${calls}` });
      const text = result.content.map((block) => (block.type === 'text' ? block.text : `[${block.type}]`)).join('\n');
      return {
        isError: result.isError === true,
        text,
        data: (result.structuredContent ?? {}) as Readonly<Record<string, unknown>>,
      };
    },
    close: () => runner.close(),
  };
}
