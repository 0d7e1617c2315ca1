/** CloudTrail, of which Go's step has no client: boto3's answers are compared with what is stored. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ACCOUNTS, DEFAULT_REGION } from '../../../local/scenario.ts';
import { createShop } from '../../../local/shop.ts';
import { runCommand } from '../../deploy/support/command.ts';
import { type ContractAnswer, normalise } from '../support/answers.ts';
import { startEmbedded } from '../support/embedded.ts';
import { type PythonName, pythonProgram } from '../support/equipment.ts';
import type { ContractStep } from '../support/step.ts';

const CLIENTS: readonly PythonName[] = ['clients', 'boto3-1.34'];
const PAGE = 7;

export const step: ContractStep = {
  title: 'CloudTrail with boto3 of today and boto3 1.34',
  needs: ['python:clients', 'python:boto3-1.34'],
  async run({ root, check, onCleanup, workDir }) {
    const { local, anchorEpochMs, env } = await startEmbedded();
    onCleanup(() => local.close());
    const trail = createShop(local.world)
      .trail({ account: ACCOUNTS.prod.id, region: DEFAULT_REGION })
      .map(({ category: _category, ...event }) => event);
    const byName = { LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'UpdateAlias20150331' }] };
    const sinceEpochMs = anchorEpochMs - 3_600_000;
    const questions: readonly (readonly [input: object, expected: readonly object[] | string])[] = [
      [{ MaxResults: PAGE }, trail.slice(0, PAGE)],
      [{ MaxResults: PAGE, NextToken: '$token' }, trail.slice(PAGE, 2 * PAGE)],
      [byName, trail.filter(({ EventName }) => EventName === 'UpdateAlias20150331').slice(0, 50)],
      [
        { StartTime: new Date(sinceEpochMs).toISOString() },
        trail.filter(({ EventTime }) => EventTime.getTime() >= sinceEpochMs),
      ],
      [{ EventCategory: 'insight' }, []],
      [{ MaxResults: 51 }, 'InvalidMaxResultsException'],
      [{ NextToken: 'of nobody' }, 'InvalidNextTokenException'],
    ];
    const file = join(workDir, 'cloudtrail.json');
    await writeFile(
      file,
      JSON.stringify(questions.map(([input]) => ({ service: 'cloudtrail', operation: 'LookupEvents', input }))),
    );
    await check('LookupEvents is all that is served', () =>
      assert.deepEqual(local.operationNames('cloudtrail'), ['LookupEvents']),
    );
    for (const name of CLIENTS) {
      const text = await runCommand(pythonProgram(name), [join(root, 'test/contract/python/ask.py'), file], { env });
      const { answers } = JSON.parse(text) as { readonly answers: readonly ContractAnswer[] };
      for (const [index, [input, expected]] of questions.entries()) {
        await check(`${name} LookupEvents ${JSON.stringify(input)}`, () => {
          const answer = answers[index];
          if (typeof expected === 'string') assert.equal(answer?.error, expected);
          else assert.deepEqual(normalise(answer?.output), normalise({ Events: expected }));
        });
      }
    }
  },
};
