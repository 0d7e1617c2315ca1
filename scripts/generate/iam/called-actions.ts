/** Which AWS actions the program calls, read from its source: the names in `aws.call(…)` and the SDK commands imported. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** SDK package → prefix of its IAM actions. */
const PREFIXES: Readonly<Record<string, string>> = {
  'client-cloudtrail': 'cloudtrail',
  'client-cloudwatch': 'cloudwatch',
  'client-cloudwatch-logs': 'logs',
  'client-sts': 'sts',
};

const ACTION = /'((?:cloudtrail|cloudwatch|logs|sts):[A-Z]\w+)'/g;
const SDK_IMPORT = /import \{([^}]*)\} from '@aws-sdk\/(client-[\w-]+)'/g;

/** Every `'service:Action'` in lib/, sorted. These are the actions that a refusal of AWS is reported with. */
export function listNamedActions(): string[] {
  return collect(listSources(), (text) => [...text.matchAll(ACTION)].map(([, action = '']) => action));
}

/** The action of every SDK command that lib/ imports, sorted. */
export function listCommandActions(): string[] {
  return collect(listSources(), findCommandActions);
}

/**
 * Pure: the actions of the SDK commands that a source text imports as values.
 * @throws for a package whose action prefix is not known here
 */
export function findCommandActions(source: string): string[] {
  return [...source.matchAll(SDK_IMPORT)].flatMap(([, names = '', client = '']) => {
    const commands = names
      .split(',')
      .map((name) => name.trim().split(' as ')[0] ?? '')
      .filter((name) => /^[A-Z]\w+Command$/.test(name));
    if (commands.length === 0) return [];
    const prefix = PREFIXES[client];
    if (prefix === undefined) throw new Error(`@aws-sdk/${client} has no action prefix in called-actions.ts → add it.`);
    return commands.map((name) => `${prefix}:${name.replace(/Command$/, '')}`);
  });
}

function listSources(): string[] {
  return readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => readFileSync(join(ROOT, 'lib', path), 'utf8'));
}

function collect(sources: readonly string[], find: (text: string) => string[]): string[] {
  return [...new Set(sources.flatMap(find))].sort();
}
