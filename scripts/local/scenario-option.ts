/** `--scenario FILE|NAME` of the local commands, or LOCAL_SCENARIO; the flag comes first. */
import { parseArgs } from 'node:util';
import { loadScenario } from '../../local/scenarios/load-scenario.ts';
import type { Scenario } from '../../local/scenarios/scenario.ts';

/** What the command line and the environment say; undefined = the shop. @throws for an option that does not exist */
function readScenarioOption(args: readonly string[], env: NodeJS.ProcessEnv): string | undefined {
  const { values } = parseArgs({ args: [...args], options: { scenario: { type: 'string' } }, strict: true });
  const chosen = values.scenario ?? env.LOCAL_SCENARIO;
  return chosen === undefined || chosen === '' ? undefined : chosen;
}

/** Loads it, with the warnings on stderr. @throws ScenarioError with all faults */
export async function loadChosenScenario(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  nowEpochMs: number,
): Promise<Scenario | undefined> {
  const chosen = readScenarioOption(args, env);
  if (chosen === undefined) return undefined;
  const scenario = await loadScenario(chosen, nowEpochMs);
  for (const warning of scenario.warnings) process.stderr.write(`${warning}\n`);
  return scenario;
}
