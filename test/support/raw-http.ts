/** HTTP by hand, for what no decent client sends. */
import { connect, type Socket } from 'node:net';

/** Sends the texts as they are and resolves with all that came back once the server closed the connection. */
export async function exchangeRaw(port: number, ...texts: readonly (string | Buffer)[]): Promise<string> {
  const socket = await openSocket(port);
  const answer = readAll(socket);
  for (const text of texts) socket.write(text);
  return answer;
}

export function openSocket(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** A reset after the answer is an end as well. */
export function readAll(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', () => undefined);
    socket.once('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
  });
}

export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
}

/** The text after the first head, parsed as JSON. */
export function jsonOf(answer: string): unknown {
  return JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));
}
