/** The bundle's entry: run directly it is a command, imported (by Lambda) it exports `handler`. */
import './require-node.ts';
import { createHandler, runCommand } from './run.ts';

/** Undefined where the program runs as a command. */
export const handler: unknown = import.meta.main ? undefined : await createHandler(process.env);

if (import.meta.main) await runCommand(process.argv.slice(2), process.env);
