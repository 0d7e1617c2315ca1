/** One made-up incident, investigated over the wire. */

import { evaluateMetricDataQueries } from '../../../local/cloudwatch/math/evaluate.ts';
import { generateIncident } from '../../../local/incidents/generate.ts';
import { createScenario } from '../../../local/scenarios/create-scenario.ts';
import { startToolBench } from '../../../test/support/tool-bench.ts';
import { type InvestigationAnswer, type Judged, judge, readAnswer } from './judge.ts';
import { nameLargestShift, nameOwn } from './strawmen.ts';

export interface Run {
  readonly judged: Judged;
  readonly answer: InvestigationAnswer | undefined;
  readonly text: string;
  /** Calls to AWS without looks at queries that run. */
  readonly calls: number;
  readonly milliseconds: number;
  /** Whether the strawmen name the true subject. */
  readonly strawmen: readonly [own: boolean | undefined, shift: boolean | undefined];
}

const DEFAULT_PERIOD_SECONDS = 60;

/** @param anchorEpochMs a whole minute */
export async function runOne(kind: string, seed: number, anchorEpochMs: number): Promise<Run> {
  const incident = generateIncident(kind, seed, true);
  const { truth, document } = incident;
  const scenario = createScenario(document, {
    source: kind,
    anchorEpochMs,
    evaluateQueries: evaluateMetricDataQueries,
  });
  const bench = await startToolBench({
    scenario,
    startEpochMs: anchorEpochMs,
    queryTiming: { durationFor: () => 0 },
    // What is scored must not hang on how busy the machine is.
    env: { CLOUDWATCH_MCP_TOOL_TIMEOUT_MS: '600000' },
  });
  try {
    const started = performance.now();
    const result = await bench.run('investigate_alarm', { alarm_name: truth.alarm });
    const milliseconds = performance.now() - started;
    const answer = readAnswer(result.structuredContent);
    const period =
      document.metricAlarms?.find(({ AlarmName }) => AlarmName === truth.alarm)?.Period ?? DEFAULT_PERIOD_SECONDS;
    const names = [nameOwn(incident), nameLargestShift(incident)];
    const isRight = (name: string | undefined) =>
      truth.subject === undefined ? undefined : name === truth.subject.resource;
    return {
      judged: judge(answer, truth, anchorEpochMs, period),
      answer,
      text: bench.text(result),
      calls: bench.local.requests.all.filter(({ operation }) => operation !== 'GetQueryResults').length,
      milliseconds,
      strawmen: [isRight(names[0]), isRight(names[1])],
    };
  } finally {
    await bench.close();
  }
}
