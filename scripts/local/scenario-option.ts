/** `--scenario FILE|NAME` of the local commands, or LOCAL_SCENARIO; the flag comes first. */
import { parseArgs } from 'node:util';
import { loadScenario } from '../../local/scenarios/load-scenario.ts';
import type { Scenario } from '../../local/scenarios/scenario.ts';

/**
 * The scenario that command line or environment name, with its warnings on stderr; undefined = the shop. What cannot be
 * loaded ends the process with 1 and all faults.
 */
export async function loadOrExit(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  nowEpochMs: number,
): Promise<Scenario | undefined> {
  try {
    const chosen = readOption(args, env);
    if (chosen === undefined) return undefined;
    const scenario = await loadScenario(chosen, nowEpochMs);
    for (const warning of scenario.warnings) process.stderr.write(`${warning}\n`);
    return scenario;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

function readOption(args: readonly string[], env: NodeJS.ProcessEnv): string | undefined {
  const { values } = parseArgs({ args: [...args], options: { scenario: { type: 'string' } }, strict: true });
  const chosen = values.scenario ?? env.LOCAL_SCENARIO;
  return chosen === undefined || chosen === '' ? undefined : chosen;
}
