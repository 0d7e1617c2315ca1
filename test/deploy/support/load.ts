/** Closed-loop HTTP load over kept-alive connections; nothing is repeated, so every lost request is seen. */
import { Agent, request } from 'node:http';

export interface LoadOptions {
  readonly port: number;
  readonly requests: number;
  readonly clients: number;
  /** Path and JSON body of the request with this number. */
  readonly next: (index: number) => { readonly path: string; readonly body: string };
  readonly onProgress: (done: number) => void;
}

export interface LoadResult {
  readonly done: number;
  /** Reason → how often. */
  readonly failures: ReadonlyMap<string, number>;
}

export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.clients });
  const failures = new Map<string, number>();
  let started = 0;
  let done = 0;

  async function work(): Promise<void> {
    while (started < options.requests) {
      const { path, body } = options.next(started);
      started += 1;
      const reason = await send(options.port, agent, path, body);
      if (reason !== undefined) failures.set(reason, (failures.get(reason) ?? 0) + 1);
      done += 1;
      options.onProgress(done);
    }
  }

  await Promise.all(Array.from({ length: options.clients }, work));
  agent.destroy();
  return { done, failures };
}

/** Resolves with why it failed; undefined for an answer 200 that came to its end and is no error. */
function send(port: number, agent: Agent, path: string, body: string): Promise<string | undefined> {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'content-length': Buffer.byteLength(body),
  };
  return new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.once('end', () => {
        if (response.statusCode !== 200) resolve(`HTTP ${response.statusCode}: ${text.slice(0, 100)}`);
        else resolve(/"isError":true|"error":\{"code"/.test(text) ? `error: ${text.slice(0, 200)}` : undefined);
      });
      response.once('error', (error) => resolve(`answer: ${error.message}`));
    });
    asked.once('error', (error) => resolve(`request: ${error.message}`));
    asked.end(body);
  });
}
