/** boto3, today's and one that still speaks AWS Query: the answers of the embedded CloudWatch to all operations. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../../deploy/support/command.ts';
import type { ContractAnswer } from '../support/answers.ts';
import { compareAnswers, type KnownGaps } from '../support/compare.ts';
import { startEmbedded } from '../support/embedded.ts';
import { type PythonName, pythonProgram } from '../support/equipment.ts';
import { askReference } from '../support/reference.ts';
import { listRequests } from '../support/requests.ts';
import type { ContractStep } from '../support/step.ts';

const CONTRACT = join(import.meta.dirname, '..');

interface Output {
  readonly version: string;
  readonly protocol: string;
  readonly answers: readonly ContractAnswer[];
}

const CLIENTS: readonly { readonly name: PythonName; readonly version: RegExp; readonly protocol: string }[] = [
  { name: 'clients', version: /^1\.44\./, protocol: 'json' },
  { name: 'boto3-1.34', version: /^1\.34\./, protocol: 'query' },
];

export const step: ContractStep = {
  title: 'boto3 of today and boto3 1.34',
  needs: ['python:clients', 'python:boto3-1.34'],
  async run({ check, onCleanup, workDir }) {
    const { local, anchorEpochMs, env } = await startEmbedded();
    onCleanup(() => local.close());
    const requests = listRequests(anchorEpochMs);
    const expected = await askReference(local.endpoint, requests);
    const file = join(workDir, 'requests.json');
    await writeFile(file, JSON.stringify(requests));
    await check('every operation that is served is asked', () => {
      const asked = new Set(requests.map(({ operation }) => operation));
      const served = [...local.operationNames('cloudwatch'), ...local.operationNames('logs')];
      assert.deepEqual(
        served.filter((operation) => !asked.has(operation)),
        [],
      );
    });
    for (const { name, version, protocol } of CLIENTS) {
      const text = await runCommand(pythonProgram(name), [join(CONTRACT, 'python', 'ask.py'), file], { env });
      const output = JSON.parse(text) as Output;
      await check(`botocore ${output.version} speaks ${output.protocol} with CloudWatch`, () => {
        assert.match(output.version, version);
        assert.equal(output.protocol, protocol);
      });
      const gaps = JSON.parse(await readFile(join(CONTRACT, 'expected', `${name}.json`), 'utf8')) as KnownGaps;
      await compareAnswers({ client: `boto3 (${protocol})`, requests, expected, answers: output.answers, gaps }, check);
    }
  },
};
