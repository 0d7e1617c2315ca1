/** What one environment variable is: its parser, default and description. */
import type { z } from 'zod';

export interface Setting<Schema extends z.ZodType> {
  /** Names in order of precedence; the first that is set wins. */
  readonly variables: readonly [string, ...string[]];
  readonly schema: Schema;
  /** As it would be written in the environment; undefined where there is none. */
  readonly fallback?: string;
  readonly description: string;
  /** Its value is not quoted when it is wrong. */
  readonly isSecret?: boolean;
}

export function setting<Schema extends z.ZodType>(definition: Setting<Schema>): Setting<Schema> {
  return definition;
}
