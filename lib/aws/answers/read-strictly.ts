/**
 * Lets a client of the SDK believe only what fits the service's model, and read no more than it may: the SDK reads all that
 * comes, and passes on whatever stands in the JSON.
 */
import { NormalizedSchema } from '@smithy/core/schema';
import type { StaticOperationSchema } from '@smithy/types';
import { boundAnswers } from './bound-answers.ts';
import { conform } from './conform.ts';
import { findMissing } from './required-members.ts';
import { UnreadableAnswer } from './unreadable-answer.ts';

interface Context {
  readonly __smithy_context?: Readonly<Record<string, unknown>>;
}
type Handler = (args: { readonly input: object }) => Promise<{ readonly output: object; readonly response: unknown }>;

interface Client {
  readonly config: { requestHandler: Parameters<typeof boundAnswers>[0] };
  readonly middlewareStack: {
    add(
      middleware: (next: Handler, context: Context) => Handler,
      options: { readonly step: 'initialize'; readonly name: string },
    ): void;
  };
}

/**
 * @param maxBytes of one answer, beside the budget of the call
 * @returns the same client; its calls throw {@link UnreadableAnswer} for an answer that lacks what the service always sends
 */
export function readStrictly<Sdk extends Client>(client: Sdk, maxBytes?: number): Sdk {
  client.config.requestHandler = boundAnswers(client.config.requestHandler, maxBytes);
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      const operation = context.__smithy_context?.operationSchema;
      if (isOperation(operation)) check(operation, args.input, answer.output);
      return answer;
    },
    // Around the repetitions of the SDK: such an answer is told at once.
    { step: 'initialize', name: 'readStrictly' },
  );
  return client;
}

function check(operation: StaticOperationSchema, input: object, output: object): void {
  const [, , name, , , schema] = operation;
  conform(NormalizedSchema.of(schema), output);
  const missing = findMissing(name, { ...input }, { ...output });
  if (missing.length === 0) return;
  const metadata = '$metadata' in output && typeof output.$metadata === 'object' ? { ...output.$metadata } : {};
  throw new UnreadableAnswer(`The answer of ${name} has no ${missing.join(', no ')}.`, metadata);
}

/** Of the SDK's schemas: operations begin with a 9. */
function isOperation(value: unknown): value is StaticOperationSchema {
  return Array.isArray(value) && value[0] === 9;
}
