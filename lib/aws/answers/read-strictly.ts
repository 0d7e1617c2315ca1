/**
 * Lets a client of the SDK believe only what fits the service's model, and read no more than it may: the SDK reads all that
 * comes, at one go, and passes on whatever stands in the JSON.
 */
import { NormalizedSchema } from '@smithy/core/schema';
import type { StaticOperationSchema } from '@smithy/types';
import { boundAnswers } from './bound-answers.ts';
import { readStructure } from './model-reader.ts';
import { readJson } from './read-json.ts';
import { findMissing } from './required-members.ts';
import { UnreadableAnswer } from './unreadable-answer.ts';

interface Context {
  readonly __smithy_context?: Readonly<Record<string, unknown>>;
}
interface Answer {
  readonly output: object;
  readonly response: unknown;
}
type Handler = (args: { readonly input: object }) => Promise<Answer>;

interface Client {
  readonly config: { requestHandler: Parameters<typeof boundAnswers>[0]; readonly protocol: Protocol };
  readonly middlewareStack: {
    add(
      middleware: (next: Handler, context: Context) => Handler,
      options: { readonly step: 'initialize'; readonly name: string },
    ): void;
    remove(name: string): boolean;
  };
}

interface Protocol {
  getShapeId(): string;
}
/** As much of the SDK's own as is changed here. */
interface JsonProtocol extends Protocol {
  readonly deserializer: { read(schema: unknown, bytes: Uint8Array): Promise<unknown> };
}

/**
 * @param maxBytes of one answer, beside the budget of the call
 * @returns the same client; its calls throw {@link UnreadableAnswer} for an answer that lacks what the service always sends
 */
export function readStrictly<Sdk extends Client>(client: Sdk, maxBytes?: number): Sdk {
  const { config, middlewareStack } = client;
  config.requestHandler = boundAnswers(config.requestHandler, maxBytes);
  const { protocol } = config;
  const isJson = speaksJson(protocol);
  if (isJson) readBodies(protocol);
  // It copies each answer for a log that nobody keeps.
  middlewareStack.remove('loggerMiddleware');
  middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      const operation = context.__smithy_context?.operationSchema;
      if (!isOperation(operation)) return answer;
      const read = isJson ? answer : readAgain(operation, answer);
      refuseGaps(operation, args.input, read.output);
      return read;
    },
    // Around the repetitions of the SDK: such an answer is told at once.
    { step: 'initialize', name: 'readStrictly' },
  );
  return client;
}

/** The SDK's reading of errors stays: they are small, and by no model of an operation. */
function readBodies({ deserializer }: JsonProtocol): void {
  const readWhole = deserializer.read.bind(deserializer);
  deserializer.read = (schema, bytes) => {
    const model = NormalizedSchema.of(schema as Parameters<typeof NormalizedSchema.of>[0]);
    return model.isStructSchema() ? readJson(model, bytes) : readWhole(schema, bytes);
  };
}

/** What the SDK has read by itself, which is XML of some kilobytes. */
function readAgain([, , , , , schema]: StaticOperationSchema, answer: Answer): Answer {
  const read = readStructure(NormalizedSchema.of(schema), answer.output);
  return { ...answer, output: { ...read, $metadata: metadataOf(answer.output) } };
}

function refuseGaps([, , name]: StaticOperationSchema, input: object, output: object): void {
  const missing = findMissing(name, { ...input }, { ...output });
  if (missing.length === 0) return;
  throw new UnreadableAnswer(`The answer of ${name} has no ${missing.join(', no ')}.`, metadataOf(output));
}

function metadataOf(output: object): UnreadableAnswer['$metadata'] {
  return '$metadata' in output && typeof output.$metadata === 'object' ? { ...output.$metadata } : {};
}

function speaksJson(protocol: Protocol): protocol is JsonProtocol {
  return protocol.getShapeId().includes('#awsJson');
}

/** Of the SDK's schemas: operations begin with a 9. */
function isOperation(value: unknown): value is StaticOperationSchema {
  return Array.isArray(value) && value[0] === 9;
}
