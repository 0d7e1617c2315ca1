import { evaluateMetricDataQueries } from '../cloudwatch/math/evaluate.ts';
import { createScenario } from './create-scenario.ts';
import { readScenarioFile } from './file/read-file.ts';
import { ScenarioClock } from './format/clock.ts';
import { FaultList, ScenarioError } from './format/faults.ts';
import { BUILT_IN_SCENARIOS } from './registry.ts';
import type { Scenario } from './scenario.ts';

const MINUTE_MS = 60_000;

/**
 * Loads a scenario for a server that starts now.
 * @param nameOrFile name of a built-in scenario, else the path of a `.json` or `.json.gz` file
 * @throws ScenarioError with all faults of the document
 */
export async function loadScenario(nameOrFile: string, nowEpochMs: number): Promise<Scenario> {
  const anchorEpochMs = Math.floor(nowEpochMs / MINUTE_MS) * MINUTE_MS;
  const builtIn = Object.hasOwn(BUILT_IN_SCENARIOS, nameOrFile) ? BUILT_IN_SCENARIOS[nameOrFile] : undefined;
  const options = { source: nameOrFile, anchorEpochMs, evaluateQueries: evaluateMetricDataQueries };
  if (builtIn !== undefined) return createScenario(builtIn.make(), options);
  if (!/[./\\]/.test(nameOrFile)) {
    const names = Object.keys(BUILT_IN_SCENARIOS).join(', ');
    throw new ScenarioError(nameOrFile, [`is neither a built-in scenario (${names}) nor a .json or .json.gz file`]);
  }
  const faults = new FaultList();
  const document = await readScenarioFile(nameOrFile, { faults, clock: new ScenarioClock(anchorEpochMs) });
  return createScenario(document, { ...options, faults });
}
