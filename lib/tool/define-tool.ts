/** `defineTool`: checks a tool's definition once, when its module is loaded. */
import type { z } from 'zod';
import type { Toolset } from '../domain/toolsets.ts';
import { envelopeOutput } from './envelope.ts';
import type { Answer, Tool, ToolAnnotations, ToolContext } from './types.ts';

/** LibreChat shows models `<tool>_mcp_<server>`, of which OpenAI takes 64 characters. */
const MAX_NAME_CHARS = 40;
const NAME = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

/** Hints of a tool that only reads CloudWatch. */
export const READ_ONLY: ToolAnnotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: true,
};

interface Definition<Input extends z.ZodObject, Output extends z.ZodObject> {
  readonly name: string;
  readonly title: string;
  /** What comes back, and which tool finds the values that it asks for. */
  readonly description: string;
  readonly toolset: Toolset;
  readonly annotations: ToolAnnotations;
  /** Flat: strings, integers, booleans, enums, arrays of strings or of small plain objects. */
  readonly inputSchema: Input;
  /** The tool's own members; the frame adds those of envelope.ts. */
  readonly outputSchema: Output;
  /** Arguments of other servers that are accepted, ignored and warned about; `profile_name` always is. */
  readonly ignoredArguments?: readonly string[];
  /** As of `Tool`. */
  readonly isShared?: boolean;
  readonly handler: (input: z.output<Input>, context: ToolContext) => Promise<Answer<z.input<Output>>>;
}

/** @throws Error when the name is not snake_case or longer than 40 characters, or a member is the frame's. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: Definition<Input, Output>,
): Tool {
  const { name } = definition;
  if (!NAME.test(name) || name.length > MAX_NAME_CHARS) {
    throw new Error(`tool name ${name} must be snake_case and at most ${MAX_NAME_CHARS} characters`);
  }
  const taken = Object.keys(envelopeOutput).filter((member) => member in definition.outputSchema.shape);
  if (taken.length > 0) throw new Error(`${name}: ${taken.join(', ')} in outputSchema belong to the frame`);
  // The frame hands a handler only what its own inputSchema has parsed.
  const handler = definition.handler as Tool['handler'];
  return {
    ...definition,
    outputSchema: definition.outputSchema.extend(envelopeOutput),
    handler,
    ignoredArguments: ['profile_name', ...(definition.ignoredArguments ?? [])],
  };
}
