/** Asks until the answer is given, or fails with the last reason. */
const INTERVAL_MS = 100;

export async function waitFor<Value>(what: string, maxMs: number, ask: () => Promise<Value>): Promise<Value> {
  const endMs = performance.now() + maxMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > endMs) throw new Error(`${what}: not within ${maxMs} ms`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
    }
  }
}

/** Resolves when the URL answers with the status. */
export async function waitForStatus(url: string, status: number, maxMs: number): Promise<Response> {
  return waitFor(url, maxMs, async () => {
    const response = await fetch(url);
    if (response.status !== status) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
    return response;
  });
}
