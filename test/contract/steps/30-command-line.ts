/** The command line of AWS, which pages by itself and shows times in its own way. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { AMBIENT_CREDENTIALS, DEFAULT_REGION } from '../../../local/scenario.ts';
import { runCommand, tryCommand } from '../../deploy/support/command.ts';
import { startEmbedded } from '../support/embedded.ts';
import { pythonProgram } from '../support/equipment.ts';
import type { ContractStep } from '../support/step.ts';

interface Alarms {
  readonly MetricAlarms: readonly { readonly AlarmName: string; readonly StateUpdatedTimestamp: string }[];
}

export const step: ContractStep = {
  title: 'the command line of AWS',
  needs: ['python:clients'],
  async run({ check, onCleanup, workDir }) {
    const embedded = await startEmbedded();
    onCleanup(() => embedded.local.close());
    const config = join(workDir, 'config');
    await writeFile(config, '[default]\ncli_timestamp_format = iso8601\n');
    const env = { ...embedded.env, AWS_CONFIG_FILE: config };
    const aws = (...args: string[]) => runCommand(pythonProgram('clients'), ['-m', 'awscli', ...args], { env });

    await check('aws cloudwatch describe-alarms gives all pages', async () => {
      const { MetricAlarms } = JSON.parse(await aws('cloudwatch', 'describe-alarms', '--page-size', '7')) as Alarms;
      const options = { endpoint: embedded.local.endpoint, region: DEFAULT_REGION, credentials: AMBIENT_CREDENTIALS };
      const expected = new Map<string, number>();
      for await (const page of paginateDescribeAlarms({ client: new CloudWatchClient(options) }, {})) {
        for (const alarm of page.MetricAlarms ?? []) {
          expected.set(alarm.AlarmName ?? '', alarm.StateUpdatedTimestamp?.getTime() ?? 0);
        }
      }
      const shown = MetricAlarms.map((alarm) => [alarm.AlarmName, Date.parse(alarm.StateUpdatedTimestamp)] as const);
      assert(expected.size > 7);
      assert.deepEqual(new Map(shown), expected);
    });
    await check('aws logs filter-log-events as text', async () => {
      const args = ['--log-group-name', '/aws/lambda/shop-checkout', '--filter-pattern', 'ERROR', '--max-items', '5'];
      const text = await aws('logs', 'filter-log-events', ...args, '--query', 'events[].message', '--output', 'text');
      assert.match(text, /ERROR/);
    });
    await check('aws cloudwatch get-dashboard of none says what is wrong', async () => {
      const args = ['-m', 'awscli', 'cloudwatch', 'get-dashboard', '--dashboard-name', 'none'];
      const { code, stderr } = await tryCommand(pythonProgram('clients'), args, { env });
      assert.notEqual(code, 0);
      assert.match(stderr, /ResourceNotFound/);
    });
    await check('aws sts get-caller-identity', async () => {
      assert.match(await aws('sts', 'get-caller-identity', '--output', 'text'), /111122223333/);
    });
  },
};
