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

/** A port of loopback that is free at this moment. */
export async function findFreePort(): Promise<number> {
  const { createServer } = await import('node:net');
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
