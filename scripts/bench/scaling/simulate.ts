/** One scenario, event by event: pods with one thread each, AWS with its quotas, back-off between attempts. */
import { EventQueue } from './event-queue.ts';
import {
  ATTEMPTS,
  BACK_OFF_MS,
  callsPerSecond,
  podsFor,
  QUERIES_PER_POD,
  QUERY_QUOTA,
  type Scenario,
  TOOL_TIMEOUT_MS,
  TOOLS,
  type ToolModel,
} from './model.ts';

export interface Outcome {
  readonly calls: number;
  readonly pods: number;
  /** Busy share of the pods' threads. */
  readonly cpuShare: number;
  /** Of answered calls. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Share of calls that ended as `throttled`, `limit_exceeded` or out of time. */
  readonly refusedShare: number;
}

const SIMULATED_SECONDS = 300;
const MIN_CALLS = 2_000;

interface Pod {
  freeAtMs: number;
  busyMs: number;
  /** Queries that run and those that wait, per target. */
  readonly running: number[];
  readonly waiting: (() => void)[][];
}

/** Same seed, same numbers. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Tokens of one action in one target; a second's worth may be saved. */
function createBucket(perSecond: number): (nowMs: number) => boolean {
  let tokens = perSecond;
  let lastMs = 0;
  return (nowMs) => {
    tokens = Math.min(perSecond, tokens + ((nowMs - lastMs) / 1_000) * perSecond);
    lastMs = nowMs;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

export function simulate(scenario: Scenario, seed = 1): Outcome {
  const random = createRandom(seed);
  const queue = new EventQueue();
  const perTarget = <Value>(make: () => Value): Value[] => Array.from({ length: scenario.targets }, make);
  const buckets = TOOLS.map(({ quotaPerSecond }) => perTarget(() => createBucket(quotaPerSecond ?? Number.MAX_VALUE)));
  const queriesInAws = perTarget(() => 0);
  const pods: Pod[] = Array.from({ length: podsFor(scenario) }, () => ({
    freeAtMs: 0,
    busyMs: 0,
    running: perTarget(() => 0),
    waiting: perTarget(() => []),
  }));
  const durations: number[] = [];
  let refused = 0;

  function awsTime({ awsMs, awsSigma }: ToolModel): number {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return awsMs * Math.exp(awsSigma * normal);
  }

  function startCall(): void {
    const toolIndex = pickTool(random());
    const tool = TOOLS[toolIndex];
    const target = Math.floor(random() * scenario.targets);
    const pod = pods[Math.floor(random() * pods.length)];
    if (tool === undefined || pod === undefined) return;
    const startedMs = queue.nowMs;
    const finish = (isAnswered: boolean): void => {
      const tookMs = queue.nowMs - startedMs;
      if (isAnswered && tookMs <= TOOL_TIMEOUT_MS) durations.push(tookMs);
      else refused += 1;
    };
    pod.freeAtMs = Math.max(pod.freeAtMs, queue.nowMs) + tool.cpuMs;
    pod.busyMs += tool.cpuMs;
    queue.after(pod.freeAtMs - queue.nowMs, () => {
      if (tool.isQuery === true)
        waitForTurn(pod, target, () => ask(tool, toolIndex, target, 1, (ok) => endQuery(pod, target, ok, finish)));
      else ask(tool, toolIndex, target, 1, finish);
    });
  }

  function waitForTurn(pod: Pod, target: number, run: () => void): void {
    if ((pod.running[target] ?? 0) < QUERIES_PER_POD) {
      pod.running[target] = (pod.running[target] ?? 0) + 1;
      run();
    } else pod.waiting[target]?.push(run);
  }

  function endQuery(pod: Pod, target: number, isOk: boolean, finish: (isOk: boolean) => void): void {
    finish(isOk);
    const next = pod.waiting[target]?.shift();
    if (next === undefined) pod.running[target] = (pod.running[target] ?? 1) - 1;
    else next();
  }

  function ask(
    tool: ToolModel,
    toolIndex: number,
    target: number,
    attempt: number,
    finish: (isOk: boolean) => void,
  ): void {
    const running = queriesInAws[target] ?? 0;
    const isTaken =
      tool.isQuery === true ? running < QUERY_QUOTA : buckets[toolIndex]?.[target]?.(queue.nowMs) === true;
    if (!isTaken) {
      if (attempt === ATTEMPTS) finish(false);
      else queue.after(random() * BACK_OFF_MS * 2 ** attempt, () => ask(tool, toolIndex, target, attempt + 1, finish));
      return;
    }
    if (tool.isQuery === true) queriesInAws[target] = running + 1;
    queue.after(awsTime(tool), () => {
      if (tool.isQuery === true) queriesInAws[target] = (queriesInAws[target] ?? 1) - 1;
      finish(true);
    });
  }

  const rate = callsPerSecond(scenario);
  const calls = Math.max(MIN_CALLS, Math.round(rate * SIMULATED_SECONDS));
  let atMs = 0;
  for (let index = 0; index < calls; index += 1) {
    atMs += (-Math.log(1 - random()) / rate) * 1_000;
    queue.after(atMs, startCall);
  }
  queue.drain();
  durations.sort((a, b) => a - b);
  const quantile = (share: number): number => durations[Math.floor(share * (durations.length - 1))] ?? 0;
  const busyMs = pods.reduce((sum, pod) => sum + pod.busyMs, 0);
  return {
    calls,
    pods: pods.length,
    cpuShare: busyMs / (pods.length * atMs),
    p50Ms: quantile(0.5),
    p95Ms: quantile(0.95),
    refusedShare: refused / calls,
  };
}

function pickTool(at: number): number {
  let sum = 0;
  const index = TOOLS.findIndex(({ share }) => {
    sum += share;
    return at < sum;
  });
  return index === -1 ? TOOLS.length - 1 : index;
}
