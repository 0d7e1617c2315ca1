/** The command line → what to do. */
import { parseArgs } from 'node:util';

export type Command = 'http' | 'stdio' | 'doctor' | 'version' | 'help';

export type ParsedArguments =
  | { readonly command: Command; readonly isTokenOnStdin?: boolean; readonly isJson?: boolean }
  | { readonly fault: string };

export const HELP = `cloudwatch-mcp: Model Context Protocol server for AWS CloudWatch

Usage: node server.mjs [option]

  (none)      serve MCP over HTTP on CLOUDWATCH_MCP_SERVER_HOST:CLOUDWATCH_MCP_PORT
  --stdio     serve MCP on stdin and stdout, for a client that starts this program
  --doctor    check settings, credentials and clock, and say what is wrong
              --doctor --token-stdin goes the whole way with the user's token that stands on stdin
              --doctor --json prints the same as one JSON object
              exit codes: 0 nothing wrong, 1 a setting, 3 the network, 4 AWS or a token refused, 5 the clock
  --version   print the version
  --help      print this text

Settings come from the environment; a wrong one stops the start and is named.
`;

/** Pure. Options do not add up: help goes before version, version before doctor, doctor before stdio. */
export function parseArguments(argv: readonly string[]): ParsedArguments {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        stdio: { type: 'boolean' },
        doctor: { type: 'boolean' },
        'token-stdin': { type: 'boolean' },
        json: { type: 'boolean' },
        version: { type: 'boolean', short: 'v' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help === true) return { command: 'help' };
    if (values.version === true) return { command: 'version' };
    if (values.doctor === true) {
      return { command: 'doctor', isTokenOnStdin: values['token-stdin'] === true, isJson: values.json === true };
    }
    return { command: values.stdio === true ? 'stdio' : 'http' };
  } catch {
    return { fault: `Unknown option in "${argv.join(' ')}": --help lists the options.` };
  }
}
