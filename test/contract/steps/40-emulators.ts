/** Our tools against other emulators of AWS, filled with odd names and more than a page of everything: what boto3 finds, they find. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../../deploy/support/command.ts';
import { CALLS, callsOf } from '../../registry/calls/all-calls.ts';
import { describeEnvironment } from '../support/embedded.ts';
import { EMULATORS, type EmulatorName, startEmulator } from '../support/emulators.ts';
import { pythonProgram } from '../support/equipment.ts';
import { type Program, startProgram } from '../support/program.ts';
import type { ContractStep } from '../support/step.ts';

/** What boto3 finds (python/fill.py); null = the emulator lacks the operation. */
interface Found {
  readonly group: string;
  readonly alarms: readonly string[] | null;
  readonly groups: readonly string[] | null;
  readonly metrics: number | null;
  readonly dashboards: readonly string[] | null;
  readonly errors: number | null;
  readonly values: readonly number[] | null;
  /** Operations that it refuses, with the code. */
  readonly failed: Readonly<Record<string, string>>;
}

/** What an emulator lacks (expected/NAME.json); each entry must be so, or the list is stale. */
interface Gaps {
  readonly operations: Readonly<Record<string, string>>;
  /** Tools that cannot answer there, with the category of the refusal. */
  readonly tools: Readonly<Record<string, string>>;
  /** Comparisons that fail there, with the reason. */
  readonly comparisons: Readonly<Record<string, string>>;
}

const CONTRACT = join(import.meta.dirname, '..');
const MAX_PAGES = 40;

/** The names of all pages of a list. */
async function listNames(program: Program, tool: string, args: object, list: string): Promise<string[]> {
  const names: string[] = [];
  let token: unknown;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await program.call(tool, token === undefined ? args : { ...args, next_token: token });
    assert(!answer.isError, answer.text);
    names.push(...((answer.data[list] ?? []) as { readonly name: string }[]).map(({ name }) => name));
    token = answer.data.next_token;
    if (token === undefined) return names.sort();
  }
  throw new Error(`${tool} gave more than ${MAX_PAGES} pages`);
}

/** Comparisons with boto3, by name. */
function listComparisons(program: Program, found: Found): Readonly<Record<string, () => Promise<void>>> {
  const series = { namespace: 'Shop', metric_name: 'Orders' };
  return {
    'all alarms': async () => {
      const names = await listNames(program, 'describe_alarms', { types: ['metric'], max_items: 50 }, 'alarms');
      assert.deepEqual(names, [...(found.alarms ?? [])].sort());
    },
    'all log groups': async () => {
      const names = await listNames(program, 'describe_log_groups', { max_items: 25 }, 'log_groups');
      assert.deepEqual(names, [...(found.groups ?? [])].sort());
    },
    'all dashboards': async () => {
      assert.deepEqual(
        await listNames(program, 'list_dashboards', {}, 'dashboards'),
        [...(found.dashboards ?? [])].sort(),
      );
    },
    'all metrics': async () => {
      const { text } = await program.call('list_metrics', { ...series, recently_active: false });
      assert(text.startsWith(`${found.metrics} series`), text.slice(0, 200));
    },
    'a value under an odd name': async () => {
      const dimensions = [{ name: 'Customer', value: '007 x.y-z_1' }];
      const args = { ...series, dimensions, statistic: 'Sum', period: 60, start_time: '-1h' };
      const { data, text } = await program.call('get_metric_data', args);
      const [only] = (data.series ?? []) as { readonly sum?: number }[];
      assert.equal(
        only?.sum,
        found.values?.reduce((sum, value) => sum + value, 0),
        text,
      );
    },
    'all events of a pattern': async () => {
      const args = { log_group: found.group, filter_pattern: 'ERROR', max_items: 1_000 };
      const { data, text } = await program.call('search_log_events', args);
      assert.equal(((data.events ?? []) as unknown[]).length > 0, (found.errors ?? 0) > 0, text);
    },
  };
}

/** `tool → category` of each tool that refuses. */
async function listRefusals(program: Program, { group }: Found): Promise<Record<string, string>> {
  const refusals: Record<string, string> = {};
  for (const tool of Object.keys(CALLS)) {
    const own = JSON.parse(
      JSON.stringify(callsOf(tool).minimal).replaceAll('/aws/lambda/shop-checkout', group),
    ) as object;
    const { isError, text } = await program.call(tool, own);
    if (isError) refusals[tool] = /\(([a-z_]+)[,)][^()]*\)?\s*$/m.exec(text)?.[1] ?? text.slice(0, 200);
  }
  return refusals;
}

export const step: ContractStep = {
  title: 'other emulators of AWS',
  needs: ['python:clients', 'python:ministack'],
  async run({ check, onCleanup, workDir }) {
    for (const name of Object.keys(EMULATORS) as EmulatorName[]) {
      const emulator = await startEmulator(name, workDir);
      onCleanup(() => emulator.stop());
      const env = describeEnvironment(emulator.endpoint);
      const fill = [join(CONTRACT, 'python', 'fill.py')];
      const found = JSON.parse(await runCommand(pythonProgram('clients'), fill, { env })) as Found;
      const gaps = JSON.parse(await readFile(join(CONTRACT, 'expected', `${name}.json`), 'utf8')) as Gaps;
      const program = startProgram(emulator.endpoint);
      onCleanup(() => program.close());
      for (const [title, compare] of Object.entries(listComparisons(program, found))) {
        const isGap = title in gaps.comparisons;
        await check(`${name}: ${title}${isGap ? ' (known to fail)' : ''}`, () =>
          isGap ? assert.rejects(compare, `${title} does not fail any more: take it off the list`) : compare(),
        );
      }
      await check(`${name} lacks the operations that are written down`, () =>
        assert.deepEqual(found.failed, gaps.operations),
      );
      await check(`${name}: tools that cannot answer are written down`, async () => {
        assert.deepEqual(await listRefusals(program, found), gaps.tools);
      });
      await emulator.stop();
    }
  },
};
