/** Prometheus itself scrapes the running bundle, checks the alerts, and is asked every query of the Grafana dashboard. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { findFreePort } from '../../support/free-port.ts';
import { runCommand } from '../support/command.ts';
import { callTool, startLocalAws } from '../support/local-aws.ts';
import type { Step, StepContext } from '../support/step.ts';
import { waitFor, waitForStatus } from '../support/wait-for.ts';

const START_MS = 60_000;
/** Always there once tools have been called; the others need failures. */
const FILLED = 9;

interface Panel {
  readonly title: string;
  readonly targets: readonly { readonly expr: string }[];
}

function startProgram(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { onCleanup }: StepContext,
): void {
  const child = spawn(program, args, { env, stdio: 'ignore' });
  onCleanup(() => child.kill('SIGKILL'));
}

async function startServer(context: StepContext): Promise<number> {
  const { root, workDir } = context;
  await runCommand(process.execPath, [join(root, 'esbuild.config.mjs'), '--outdir', workDir]);
  const { env } = await startLocalAws(context);
  const port = await findFreePort();
  const settings = { ...env, ENABLE_AUTH: 'false', CLOUDWATCH_MCP_PORT: String(port), LOG_LEVEL: 'ERROR' };
  startProgram(process.execPath, [join(workDir, 'server.mjs')], settings, context);
  await waitForStatus(`http://127.0.0.1:${port}/ready`, 200, START_MS);
  return port;
}

/** As the ServiceMonitor has it scraped: job and namespace are labels of Prometheus. */
async function startPrometheus(context: StepContext, target: number): Promise<string> {
  const { root, workDir } = context;
  const port = await findFreePort();
  const config = {
    global: { scrape_interval: '1s' },
    rule_files: [join(root, 'helm-chart/files/prometheus-rules.yaml')],
    scrape_configs: [
      {
        job_name: 'cloudwatch-mcp',
        static_configs: [{ targets: [`127.0.0.1:${target}`], labels: { namespace: 'jarvis-demo' } }],
      },
    ],
  };
  const file = join(workDir, 'prometheus.yml');
  await writeFile(file, stringify(config));
  const address = `127.0.0.1:${port}`;
  const data = join(workDir, 'prometheus-data');
  const args = [`--config.file=${file}`, `--storage.tsdb.path=${data}`, `--web.listen-address=${address}`];
  startProgram('prometheus', args, process.env, context);
  await waitForStatus(`http://${address}/-/ready`, 200, START_MS);
  return `http://${address}`;
}

export const step: Step = {
  title: 'dashboards and alerts, by Prometheus',
  needs: ['prometheus'],
  async run(context) {
    const { check, root } = context;
    const server = await startServer(context);
    const prometheus = await startPrometheus(context, server);
    const ask = async (query: string): Promise<readonly unknown[]> => {
      const response = await fetch(`${prometheus}/api/v1/query?query=${encodeURIComponent(query)}`);
      const answer = (await response.json()) as { status: string; error?: string; data?: { result: unknown[] } };
      assert.equal(answer.status, 'success', `${query}: ${answer.error}`);
      return answer.data?.result ?? [];
    };

    await check('promtool accepts the alerts', () =>
      runCommand('promtool', ['check', 'rules', join(root, 'helm-chart/files/prometheus-rules.yaml')]),
    );
    await check('it has scraped calls of tools twice at least', () =>
      waitFor('scrapes', START_MS, async () => {
        await callTool(`http://127.0.0.1:${server}`, 'get_active_alarms', { max_items: 1 });
        const [sample] = await ask('count_over_time(cloudwatch_mcp_tool_calls_total{tool="get_active_alarms"}[1m])');
        assert(Number((sample as { value?: [number, string] } | undefined)?.value?.[1]) >= 3);
      }),
    );
    const { panels } = JSON.parse(await readFile(join(root, 'dashboards/grafana.json'), 'utf8')) as { panels: Panel[] };
    let filled = 0;
    for (const { title, targets } of panels) {
      await check(`Grafana, ${title}`, async () => {
        for (const { expr } of targets) {
          const found = await ask(expr.replaceAll('$__rate_interval', '1m').replaceAll('$namespace', '.*'));
          filled += found.length > 0 ? 1 : 0;
        }
      });
    }
    await check(`at least ${FILLED} of the queries have found something`, () =>
      assert(filled >= FILLED, String(filled)),
    );
    await check('every alert has been evaluated without an error', async () => {
      const groups = await waitFor('rules', START_MS, async () => {
        const answer = (await (await fetch(`${prometheus}/api/v1/rules`)).json()) as {
          data: { groups: { rules: { name: string; health: string; lastError?: string }[] }[] };
        };
        const rules = answer.data.groups.flatMap((group) => group.rules);
        assert(rules.length > 0 && rules.every(({ health }) => health !== 'unknown'));
        return rules;
      });
      assert.deepEqual(
        groups.filter(({ health }) => health !== 'ok'),
        [],
      );
      assert(groups.length >= 8);
    });
  },
};
