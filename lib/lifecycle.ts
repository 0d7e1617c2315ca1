/** Whether the process may take requests, and how many are under way. Owned by the adapter, read by `/ready` and the drain. */
export interface Lifecycle {
  /** Why the process should get no new requests; empty when it may. */
  readonly notReadyReasons: () => readonly string[];
  readonly isDraining: () => boolean;
  readonly inFlight: () => number;
  /** The port that is listened on, once it is; it may have been chosen by the system. */
  readonly listeningPort: () => number | undefined;
  setListeningPort(port: number): void;
  /** Connections that are open at this moment; 0 where none are counted (Lambda). */
  readonly connections: () => number;
  watchConnections(count: () => number): void;
  /** Counts a request; the returned function ends it and may be called more than once. */
  begin(): () => void;
  /** From now on not ready. Idempotent. */
  startDraining(): void;
}

export function createLifecycle(): Lifecycle {
  let isDraining = false;
  let inFlight = 0;
  let listeningPort: number | undefined;
  let countConnections = (): number => 0;

  return {
    notReadyReasons: () => (isDraining ? ['draining: the process is shutting down'] : []),
    isDraining: () => isDraining,
    inFlight: () => inFlight,
    listeningPort: () => listeningPort,
    setListeningPort: (port) => {
      listeningPort = port;
    },
    connections: () => countConnections(),
    watchConnections: (count) => {
      countConnections = count;
    },
    begin: () => {
      inFlight += 1;
      let hasEnded = false;
      return () => {
        if (!hasEnded) inFlight -= 1;
        hasEnded = true;
      };
    },
    startDraining: () => {
      isDraining = true;
    },
  };
}
