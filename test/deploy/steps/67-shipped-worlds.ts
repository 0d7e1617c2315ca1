/**
 * Every world that this program brings along, at several hours and days: somebody who knows only the name of an alarm is
 * told in one call what changed first, that it recurs, or that nothing did; and no alarm of the shop takes more calls than
 * an investigation may.
 */
import assert from 'node:assert/strict';
import { BUILT_IN_SCENARIOS } from '../../../local/scenarios/registry.ts';
import { faultsOf, followCalls, INCIDENTS, MAX_CALLS, openWorld, type World } from '../../support/shipped-worlds.ts';
import type { Step } from '../support/step.ts';

const ANCHORS = ['02T03:30', '03T15:05', '04T09:00', '06T19:00', '07T23:50', '08T12:00'].map((time) =>
  Date.parse(`2026-03-${time}:00Z`),
);
const SHOP_ANCHORS = ANCHORS.slice(0, 3);
const SHOP_SEEDS = [1, 7];
/** Symptoms of the shop's deploy, near to it and far. */
const SYMPTOMS = ['shop-checkout-duration-p99', 'shop-orders-db-connections', 'shop-api-5xx'];
/** Of its alarms, which are of many kinds and stand in the order of their names. */
const ONE_IN = 8;
const DEPLOY_AGO_MS = 40 * 60_000;
const shown = (epochMs: number): string => new Date(epochMs).toISOString();

async function within<Result>(world: World, work: (world: World) => Promise<Result>): Promise<Result> {
  try {
    return await work(world);
  } finally {
    await world.bench.close();
  }
}

async function listAlarms({ bench }: World): Promise<readonly string[]> {
  const names: string[] = [];
  let next: string | undefined;
  do {
    const args = { max_items: 500, ...(next !== undefined && { next_token: next }) };
    const { structuredContent } = await bench.run('describe_alarms', args);
    const page = structuredContent as { readonly alarms: readonly { readonly name: string }[]; next_token?: string };
    names.push(...page.alarms.map(({ name }) => name));
    next = page.next_token;
  } while (next !== undefined);
  return names;
}

export const step: Step = {
  title: 'the shipped worlds',
  needs: [],
  async run({ check }) {
    for (const [name, truth] of Object.entries(INCIDENTS))
      await check(`${name} is told at every hour`, async () => {
        const scenario = BUILT_IN_SCENARIOS[name];
        const document = scenario?.make();
        for (const at of ANCHORS)
          await within(await openWorld(at, name), async (world) => {
            const told = await world.ask(truth.alarm);
            assert.deepEqual([shown(at), faultsOf(told, truth, at)], [shown(at), []], told.text);
            assert(told.calls <= MAX_CALLS, `${told.calls} calls`);
            if (told.found.onset !== null) assert.deepEqual(await followCalls(world, told), []);
          });
        // Held until here, it was made once for all hours.
        assert.equal(scenario?.make(), document);
      });
    for (const seed of SHOP_SEEDS)
      await check(`the shop's deploy is told at every hour, seed ${seed}`, async () => {
        for (const at of SHOP_ANCHORS)
          await within(await openWorld(at, undefined, seed), async (world) => {
            for (const alarm of SYMPTOMS) {
              const told = await world.ask(alarm);
              assert.equal(told.found.suspects[0]?.resource, 'shop-checkout', `${shown(at)} ${told.text}`);
              assert.equal(Date.parse(told.found.onset ?? ''), at - DEPLOY_AGO_MS, `${shown(at)} ${told.text}`);
              assert.deepEqual(await followCalls(world, told), []);
            }
          });
      });
    await check('no alarm of the shop takes more calls than it may', async () => {
      const at = ANCHORS[0] ?? 0;
      await within(await openWorld(at), async (world) => {
        const names = await listAlarms(world);
        assert(names.length > 100, `${names.length} alarms`);
        for (const name of names.filter((_, index) => index % ONE_IN === 0)) {
          const { calls } = await world.ask(name);
          assert(calls <= MAX_CALLS, `${name}: ${calls} calls`);
        }
      });
    });
  },
};
