const LOOK_MS = 1_000;

/**
 * Calls back once when the process that started this one has ended. npm passes a SIGTERM to its shell, and that shell
 * ends without passing it on: the server would stay behind, with its port.
 */
export function whenParentEnds(onEnd: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onEnd();
  }, LOOK_MS);
  timer.unref();
}
