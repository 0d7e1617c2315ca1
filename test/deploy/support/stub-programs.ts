/** Stand-ins of aws, kubectl, docker … that record how they were called and answer from a list. */
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

export interface StubAnswer {
  /** Part of the command line, as a regular expression of bash; the first answer that matches counts. */
  readonly on: string;
  /** What the stand-in runs instead; `"$@"` are its arguments. */
  readonly run: string;
}

export interface Stubs {
  /** PATH with the stand-ins first. */
  readonly path: string;
  /** The command lines so far, one argument list each, joined by blanks; what came on stdin stands after `<<< `. */
  readCalls(): Promise<string[]>;
}

/** Puts stand-ins into a folder. A call that no answer matches succeeds without a word. */
export async function createStubs(
  folder: string,
  programs: readonly string[],
  answers: readonly StubAnswer[],
): Promise<Stubs> {
  const bin = join(folder, 'bin');
  const log = join(folder, 'calls.log');
  await mkdir(bin, { recursive: true });
  await writeFile(log, '');
  const branches = answers.map(({ on, run }) => `re=${quote(on)}\nif [[ $line =~ $re ]]; then\n${run}\nexit\nfi`);
  const script = `#!/bin/bash
line="$(basename "$0") $*"
line=\${line//$'\\n'/ }
if [[ $line == *--password-stdin* ]]; then line+=" <<< $(cat)"; fi
printf '%s\\n' "$line" >>${quote(log)}
${branches.join('\n')}
exit 0
`;
  for (const program of programs) {
    const path = join(bin, program);
    await writeFile(path, script);
    await chmod(path, 0o755);
  }
  return {
    path: [bin, process.env.PATH].join(delimiter),
    async readCalls() {
      return (await readFile(log, 'utf8')).split('\n').filter((line) => line !== '');
    },
  };
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
