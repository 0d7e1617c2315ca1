import { TIMELINE } from '../../scenario.ts';

export const MINUTE_MS = 60_000;

/** Which parts of the incident have begun at an instant. */
export interface IncidentPhase {
  /** Checkout 2.14.0 is live. */
  readonly isDeployed: boolean;
  readonly areConnectionsFilling: boolean;
  readonly isFailing: boolean;
  readonly isQueueGrowing: boolean;
  /** 0 at the deploy, 1 when the errors begin, at most 2. */
  readonly severity: number;
}

/** What the generators of log data have in common. */
export interface LogWorld {
  readonly seed: number;
  /** The instant that the incident is told back from. */
  readonly anchorEpochMs: number;
}

export function phaseAt(world: LogWorld, epochMs: number): IncidentPhase {
  const agoMs = world.anchorEpochMs - epochMs;
  const sinceDeployMs = TIMELINE.deployAgoMs - agoMs;
  const rampMs = TIMELINE.deployAgoMs - TIMELINE.errorsAlarmAgoMs;
  return {
    isDeployed: sinceDeployMs >= 0,
    areConnectionsFilling: agoMs <= TIMELINE.connectionsFillingAgoMs,
    isFailing: agoMs <= TIMELINE.errorsAlarmAgoMs,
    isQueueGrowing: agoMs <= TIMELINE.queueAlarmAgoMs,
    severity: Math.min(2, Math.max(0, sinceDeployMs / rampMs)),
  };
}
