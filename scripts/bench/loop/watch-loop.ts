/** How long this thread works between two turns of its event loop, by its processor time: other programs do not count. */

const MICROSECONDS = 1_000;

/** @returns of `end`: the most milliseconds that this thread worked between two turns of the loop */
export function watchLoop(): { end(): number } {
  let mostUs = 0;
  let last = process.threadCpuUsage();
  const timer = setInterval(() => {
    const { user, system } = process.threadCpuUsage(last);
    mostUs = Math.max(mostUs, user + system);
    last = process.threadCpuUsage();
  }, 1);
  return {
    end() {
      clearInterval(timer);
      return mostUs / MICROSECONDS;
    },
  };
}
