/** The AWS SDK for Go v2, which speaks CBOR with CloudWatch. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../../deploy/support/command.ts';
import type { ContractAnswer } from '../support/answers.ts';
import { compareAnswers, type KnownGaps } from '../support/compare.ts';
import { startEmbedded } from '../support/embedded.ts';
import { goProgram } from '../support/equipment.ts';
import { askReference } from '../support/reference.ts';
import { listRequests } from '../support/requests.ts';
import type { ContractStep } from '../support/step.ts';

export const step: ContractStep = {
  title: 'AWS SDK for Go v2',
  needs: ['go'],
  async run({ root, check, onCleanup, workDir }) {
    const { local, anchorEpochMs, env } = await startEmbedded();
    onCleanup(() => local.close());
    const requests = listRequests(anchorEpochMs);
    const expected = await askReference(local.endpoint, requests);
    const file = join(workDir, 'requests.json');
    await writeFile(file, JSON.stringify(requests));
    local.requests.clear();
    const output = JSON.parse(await runCommand(goProgram(), [file], { env })) as { answers: ContractAnswer[] };
    const gaps = JSON.parse(await readFile(join(root, 'test/contract/expected/go.json'), 'utf8')) as KnownGaps;
    await compareAnswers(
      { client: 'Go (cbor)', requests, expected, answers: output.answers, gaps, hasZeroValues: true },
      check,
    );
    await check('its calls of CloudWatch came over CBOR', () => {
      const protocols = local.requests.all
        .filter(({ service }) => service === 'cloudwatch')
        .map(({ protocol }) => protocol);
      assert.deepEqual([...new Set(protocols)], ['cbor']);
    });
  },
};
