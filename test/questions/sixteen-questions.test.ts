/**
 * What somebody on call asks, answered by the tools alone, over HTTP with real tokens; and what that costs. With
 * `PRINT_QUESTIONS=1` the costs are printed as the table of docs/testing.md.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type SignedInServer, startSignedInServer } from '../support/signed-in-server.ts';
import { Conversation, describeSpent } from './conversation.ts';
import type { Memory } from './question.ts';
import { QUESTIONS } from './questions.ts';
import { createTruth, type Truth } from './truth.ts';

const MAX_CALLS = 30;
const MAX_CHARACTERS = 60_000;

let server: SignedInServer;
let truth: Truth;
let conversation: Conversation;
const memory: Memory = new Map();

beforeAll(async () => {
  truth = createTruth(Date.now());
  server = await startSignedInServer({
    scenario: truth.scenario,
    queryTiming: { durationFor: () => 0 },
    // An investigation takes its share of it: no answer may hang on how busy the machine is.
    env: { CLOUDWATCH_MCP_TOOL_TIMEOUT_MS: '300000' },
  });
  const users = ['olivia', 'dev', 'guest'];
  const tokens = await Promise.all(users.map(async (user) => [user, await server.token(user)] as const));
  conversation = new Conversation(server, new Map(tokens));
});
afterAll(() => server.close());

it.each(QUESTIONS)('$number: $title', async ({ number, title, answer }) => {
  conversation.begin(number, title);
  memory.set(number, await answer(conversation, truth, memory));
});

it('takes few calls, and few characters', () => {
  const spent = conversation.spent();
  if (process.env.PRINT_QUESTIONS === '1')
    process.stdout.write(
      describeSpent(
        spent,
        QUESTIONS.map(({ title }) => title),
      ),
    );
  expect(spent.map(({ question }) => question)).toEqual(QUESTIONS.map(({ number }) => number));
  expect(spent.reduce((sum, { calls }) => sum + calls, 0)).toBeLessThanOrEqual(MAX_CALLS);
  expect(spent.reduce((sum, { characters }) => sum + characters, 0)).toBeLessThanOrEqual(MAX_CHARACTERS);
});
