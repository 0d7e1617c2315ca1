/**
 * Runs one tool call: validates, limits its time, renders, and catches everything. One of the two places in the
 * program where an error becomes text (the other is the error boundary of the HTTP core).
 */
import { randomBytes } from 'node:crypto';
import type { CallToolResult } from '@modelcontextprotocol/server';
import { ByteBudget } from '../aws/answers/byte-budget.ts';
import { createPorts } from '../aws/create-ports.ts';
import type { ClientPool } from '../aws/credentials/client-source.ts';
import type { Targets } from '../aws/ports/targets.ts';
import type { Config } from '../config/config.ts';
import { createSlices } from '../domain/async/slices.ts';
import { untilAborted } from '../domain/async/until-aborted.ts';
import type { Toolset } from '../domain/toolsets.ts';
import { AppError, isAppError } from '../errors.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { askDefaultAccount } from '../tool/default-account.ts';
import { renderAnswer } from '../tool/render-answer.ts';
import type { TargetPaces } from '../tool/target-paces.ts';
import type { TargetSlots } from '../tool/target-slots.ts';
import { limitTime, type TimeLimit } from '../tool/time-limit.ts';
import type { Tool } from '../tool/types.ts';
import { keepUsable, keepUsableError, type Offer } from '../tool/usable-answer.ts';
import { validateInput } from '../tool/validate-input.ts';
import { CallAudit, describeCaller } from './call-audit.ts';
import type { CallSlots } from './call-slots.ts';
import type { SharedCalls } from './shared-calls.ts';
import type { ToolCall } from './tool-call.ts';

export interface ToolEnvironment {
  readonly config: Config;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly clock: () => number;
  readonly toolsets: readonly Toolset[];
  /** Which tools there are, and which are served. */
  readonly offer: Offer;
  readonly targets: Targets;
  readonly querySlots: TargetSlots;
  readonly investigationSlots: TargetSlots;
  readonly paces: TargetPaces;
  readonly clients: ClientPool;
  readonly callSlots: CallSlots;
  readonly sharedCalls: SharedCalls;
}

/** Kept for rendering and the way back, so that a partial answer is out before the hard limit. */
const ANSWER_MARGIN_MS = 1_500;
const MAX_MARGIN_SHARE = 0.2;
const BOUNDARY_BYTES = 6;

export async function runTool(tool: Tool, call: ToolCall, environment: ToolEnvironment): Promise<CallToolResult> {
  const { clock, config, logger, metrics } = environment;
  const startedEpochMs = clock();
  const audit = new CallAudit(metrics);
  const budget = new ByteBudget(config);
  const source = environment.clients.forCaller(call.caller);
  const limit = limitCall(call, config.toolTimeoutMs);
  const deadlineEpochMs = startedEpochMs + limit.softLimitMs;
  const hasTime = (): boolean => clock() < deadlineEpochMs;
  let outcome = 'ok';
  let giveBackSlot = (): void => undefined;
  let result: CallToolResult;
  try {
    if (call.refusal !== undefined) throw call.refusal;
    // Arguments, the handler's steps and the rendering may each be as long as a turn of the loop should be.
    const slices = createSlices();
    const { input, warnings } = validateInput(tool, call.args);
    if (slices.isOver()) await slices.next();
    giveBackSlot = await environment.callSlots.take(call.caller?.principal.id, limit.signal);
    const askWith = (signal: AbortSignal) => (targets: Targets) =>
      tool.handler(input, {
        requestId: call.requestId,
        config,
        nowEpochMs: startedEpochMs,
        clock,
        signal,
        deadlineEpochMs,
        hasTime,
        toolsets: environment.toolsets,
        targets,
        querySlots: environment.querySlots,
        investigationSlots: environment.investigationSlots,
        paces: environment.paces,
        countAwsCalls: () => audit.callCount,
        aws: (target) => {
          audit.addTarget(target);
          return createPorts(source, target, audit, budget);
        },
        reportProgress: call.reportProgress ?? (() => undefined),
        addScannedBytes: (bytes) => {
          audit.addScannedBytes(bytes);
          metrics.addScannedBytes(bytes);
        },
      });
    const askAny = (signal: AbortSignal) => askDefaultAccount(environment.targets, input, askWith(signal), hasTime);
    const answer =
      tool.isShared === true
        ? await environment.sharedCalls.join(keyOf(tool, call, input), limit.signal, askAny)
        : await untilAborted(askAny(limit.signal), limit.signal);
    await slices.next();
    const boundary = randomBytes(BOUNDARY_BYTES).toString('hex');
    const { maxResultChars: maxChars, maxStructuredChars } = config;
    const made = { ...environment.offer, tool: tool.name, input: input as Readonly<Record<string, unknown>> };
    const usable = keepUsable(answer, made);
    const { text, media, structured } = renderAnswer(usable, { maxChars, maxStructuredChars, boundary, warnings });
    result = { content: [{ type: 'text', text }, ...media], structuredContent: structured };
  } catch (thrown) {
    const error = toAppError(thrown, call.requestId);
    outcome = error.code;
    logFailure(logger, error, { tool: tool.name, requestId: call.requestId });
    result = {
      isError: true,
      content: [
        {
          type: 'text',
          text: `Error: ${keepUsableError(error.publicMessage, environment.offer)}${describeKind(error)}`,
        },
      ],
    };
  } finally {
    budget.end();
    giveBackSlot();
    limit.end();
  }
  const durationMs = clock() - startedEpochMs;
  metrics.countTool(tool.name, outcome);
  metrics.observeTool(tool.name, durationMs / 1_000);
  logger.info('tool call', {
    tool: tool.name,
    requestId: call.requestId,
    outcome,
    durationMs,
    ...describeCaller(call.caller, config),
    ...audit.fields(outcome === 'ok'),
  });
  return result;
}

/** Nobody but the caller may have the answer: it was read with the caller's rights. */
function keyOf(tool: Tool, { caller }: ToolCall, input: unknown): string {
  return JSON.stringify([caller?.principal.id, tool.name, input]);
}

function limitCall(call: ToolCall, toolTimeoutMs: number): TimeLimit & { readonly softLimitMs: number } {
  const hardLimitMs = Math.max(1, Math.min(toolTimeoutMs, call.remainingMs ?? toolTimeoutMs));
  const text = `The answer was not there within ${Math.round(hardLimitMs / 1_000)} s → ask for less: a shorter time range, fewer items or one region.`;
  const softLimitMs = hardLimitMs - Math.min(ANSWER_MARGIN_MS, hardLimitMs * MAX_MARGIN_SHARE);
  return { ...limitTime(hardLimitMs, text, call.signal), softLimitMs };
}

function toAppError(thrown: unknown, requestId: string): AppError {
  if (isAppError(thrown)) return thrown;
  return new AppError(
    'internal',
    `The server failed unexpectedly → try again; if it stays, report request id ${requestId} to the administrator.`,
    { cause: thrown },
  );
}

function describeKind(error: AppError): string {
  return ` (${error.code}, ${error.isRetryable ? 'may be tried again' : 'trying again unchanged will not help'})`;
}

const QUIET_KINDS = new Set(['caller', 'denied']);

function logFailure(logger: Logger, error: AppError, where: { tool: string; requestId: string }): void {
  const fields = {
    ...where,
    code: error.code,
    kind: error.kind,
    reason: error.publicMessage,
    ...error.details,
    cause: describeCause(error.cause),
  };
  if (error.kind === 'bug' || error.kind === 'config') logger.error('tool failed', fields);
  else if (QUIET_KINDS.has(error.kind)) logger.info('tool refused', fields);
  else logger.warn('tool failed', fields);
}

function describeCause(cause: unknown): string | undefined {
  if (cause === undefined) return undefined;
  return cause instanceof Error ? (cause.stack ?? `${cause.name}: ${cause.message}`) : JSON.stringify(cause);
}
