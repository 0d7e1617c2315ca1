/** A person's assistant: it calls tools with what it knows, and reads every answer. */
import { expect } from 'vitest';
import { z } from 'zod';
import { INSTRUCTIONS } from '../../lib/mcp/instructions.ts';
import { TOOLS } from '../../lib/mcp/registry.ts';
import { describeTool } from '../../lib/mcp/tool-listing.ts';
import { textOf } from '../support/credential-bench.ts';
import type { SignedInServer } from '../support/signed-in-server.ts';
import { findUnfounded } from './provenance.ts';

export interface Said {
  /** What a model reads. */
  readonly text: string;
  readonly structured: Readonly<Record<string, unknown>>;
  /** The first picture, in base64. */
  readonly image: string;
}

export interface Spent {
  readonly question: number;
  readonly calls: number;
  readonly characters: number;
}

export class Conversation {
  readonly #server: SignedInServer;
  readonly #tokens: ReadonlyMap<string, string>;
  readonly #said: { readonly question: number; readonly said: Said }[] = [];
  #number = 0;
  #question = '';

  constructor(server: SignedInServer, tokens: ReadonlyMap<string, string>) {
    this.#server = server;
    this.#tokens = tokens;
  }

  begin(number: number, question: string): void {
    this.#number = number;
    this.#question = question;
  }

  /** Fails where an argument could not be known, or where the answer is an error that is not expected. */
  async ask(tool: string, args: object, { as = 'olivia', isRefused = false } = {}): Promise<Said> {
    const described = TOOLS.filter(({ name }) => name === tool).map((one) => JSON.stringify(describeTool(one)));
    const earlier = this.#said.flatMap(({ said }) => [said.text, JSON.stringify(said.structured)]);
    const read = [INSTRUCTIONS, ...described, ...earlier];
    expect(findUnfounded(args, { question: this.#question, read })).toEqual([]);
    const { status, result } = await this.#server.callTool('HTTP', this.#tokens.get(as) ?? '', tool, args);
    const text = textOf(result);
    expect([status, result.isError === true, text]).toEqual([200, isRefused, text]);
    const picture = result.content.find((block) => block.type === 'image');
    const said = {
      text,
      structured: z.record(z.string(), z.unknown()).parse(result.structuredContent ?? {}),
      image: picture?.type === 'image' ? picture.data : '',
    };
    this.#said.push({ question: this.#number, said });
    return said;
  }

  spent(): Spent[] {
    return [...Map.groupBy(this.#said, ({ question }) => question)].map(([question, own]) => ({
      question,
      calls: own.length,
      characters: own.reduce((sum, { said }) => sum + said.text.length, 0),
    }));
  }
}

/** A line a question: its calls, and the characters of their answers. */
export function describeSpent(spent: readonly Spent[], titles: readonly string[]): string {
  const sum = (pick: (one: Spent) => number): number => spent.reduce((total, one) => total + pick(one), 0);
  const rows = spent.map(
    ({ question, calls, characters }) => `| ${question} | ${titles[question - 1]} | ${calls} | ${characters} |`,
  );
  return [
    '| | question | calls | characters |',
    '| --- | --- | --- | --- |',
    ...rows,
    `| | all | ${sum(({ calls }) => calls)} | ${sum(({ characters }) => characters)} |`,
    '',
  ].join('\n');
}
