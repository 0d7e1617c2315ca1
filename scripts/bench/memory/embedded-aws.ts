/** The embedded AWS of the memory bench: a process of its own, so that what it holds and does is not the bench's. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Environment } from '../../../lib/config/config.ts';
import { type LocalPlaces, pointAtLocal } from '../../local/local-stack.ts';
import type { AnswerKind } from './answer-front.ts';

export interface EmbeddedAws {
  /** Settings of a server before it. */
  readonly env: Environment;
  /** One for each user. */
  readonly tokens: readonly string[];
  answerWith(kind: AnswerKind): Promise<void>;
  stop(): Promise<void>;
}

/** What aws-process.ts says first. */
export interface Started extends LocalPlaces {
  readonly front: string;
  readonly tokens: readonly string[];
}

export async function startEmbeddedAws(users: number): Promise<EmbeddedAws> {
  // Without the flags of the server that is measured.
  const { NODE_OPTIONS: _flags, ...env } = process.env;
  const child = fork(join(import.meta.dirname, 'aws-process.ts'), [String(users)], { env });
  const { front, tokens, ...places } = await receive<Started>(child);
  return {
    env: {
      ...pointAtLocal({ ...env, RATE_LIMIT_PER_MINUTE: '0' }, places),
      AWS_ENDPOINT_URL_CLOUDWATCH: front,
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: front,
    },
    tokens,
    async answerWith(kind) {
      child.send(kind);
      await receive(child);
    },
    async stop() {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function receive<Message>(child: ChildProcess): Promise<Message> {
  const gone = new AbortController();
  try {
    const received: readonly unknown[] = await Promise.race([
      once(child, 'message', { signal: gone.signal }),
      once(child, 'exit', { signal: gone.signal }).then(() => Promise.reject(new Error('The embedded AWS has ended.'))),
    ]);
    return received[0] as Message;
  } finally {
    gone.abort();
  }
}
