/**
 * IAM documents from the actions that the program calls: `iam/permissions-policy.json`, the same list inside the
 * CloudFormation templates, and the table of iam/README.md. Written by `npm run generate`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listNamedActions } from './iam/called-actions.ts';
import { renderCoverageTable } from './iam/coverage.ts';
import { listEndpointPolicies } from './iam/endpoint-policies.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: '*';
}

const MAX_LINE_CHARS = 120;

/** Actions that read log events. Apart from the others, so that their Resource can be narrowed to log groups. */
const READS_LOG_EVENTS: ReadonlySet<string> = new Set([
  'logs:FilterLogEvents',
  'logs:GetLogEvents',
  'logs:GetLogGroupFields',
  'logs:GetLogRecord',
  'logs:StartQuery',
]);

/** May be left out: an answer says then that it did not look at changes. */
const OPTIONAL_SID = 'OptionallySeeChanges';

/** Templates with the permissions between `# generated:permissions` and `# /generated:permissions`. */
const TEMPLATES = ['iam/cloudwatch-mcp-role.yaml', 'template.yaml'];

/**
 * What the role that reads CloudWatch must allow. Not the STS actions: GetCallerIdentity needs no permission, and the others
 * are granted by trust policies.
 */
export function listGrantedActions(): string[] {
  return listNamedActions().filter((action) => !action.startsWith('sts:'));
}

/**
 * Pure: one statement for each group of actions; a group without actions is left out.
 * @throws for an action of a service that no statement is for
 */
export function createStatements(actions: readonly string[]): PolicyStatement[] {
  const groups: [string, (action: string) => boolean][] = [
    ['ReadMetricsAndAlarms', (action) => action.startsWith('cloudwatch:')],
    ['ReadLogEvents', (action) => READS_LOG_EVENTS.has(action)],
    ['UseLogs', (action) => action.startsWith('logs:') && !READS_LOG_EVENTS.has(action)],
    [OPTIONAL_SID, (action) => action.startsWith('cloudtrail:')],
  ];
  const other = actions.find((action) => !groups.some(([, belongs]) => belongs(action)));
  if (other !== undefined) throw new Error(`${other} belongs to no statement → add its service to iam-policy.ts.`);
  return groups.flatMap(([Sid, belongs]) => {
    const Action = actions.filter(belongs);
    return Action.length === 0 ? [] : [{ Sid, Effect: 'Allow', Action, Resource: '*' }];
  });
}

export function renderPermissionsPolicy(): string {
  return renderPolicy(createStatements(listGrantedActions()));
}

function renderPolicy(statements: readonly object[]): string {
  const policy = { Version: '2012-10-17', Statement: statements };
  return `${joinShortLists(JSON.stringify(policy, undefined, 2))}\n`;
}

/** As the formatter of the project has it: a list that fits into one line stands in one line. */
function joinShortLists(json: string): string {
  return json.replaceAll(
    /^( *"\w+": )\[\n([^\]{]*?)\n *\](,?)$/gm,
    (list, start: string, items: string, end: string) => {
      const line = `${start}[${items
        .split('\n')
        .map((item) => item.trim())
        .join(' ')}]${end}`;
      return line.length > MAX_LINE_CHARS ? list : line;
    },
  );
}

/** Path → text of every file that is made from the actions. */
export function renderIamFiles(): Map<string, string> {
  const statements = createStatements(listGrantedActions());
  const templates = TEMPLATES.map((path): [string, string] => [path, spliceStatements(read(path), statements)]);
  return new Map([
    ['iam/permissions-policy.json', renderPermissionsPolicy()],
    ['iam/README.md', spliceTable(read('iam/README.md'), renderCoverageTable(listGrantedActions()))],
    ...listEndpointPolicies(listGrantedActions()).map(({ service, statements: own }): [string, string] => [
      `iam/vpc-endpoint-${service}.json`,
      renderPolicy(own),
    ]),
    ...templates,
  ]);
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

function spliceTable(markdown: string, table: string): string {
  const marked = /(<!-- generated:coverage -->\n)[\s\S]*?(<!-- \/generated:coverage -->)/;
  if (!marked.test(markdown)) throw new Error('iam/README.md has no place marked generated:coverage');
  return markdown.replace(marked, (_all, start: string, end: string) => `${start}${table}${end}`);
}

/** Pure: puts the statements, as YAML, between the markers; their indentation is that of the markers. */
export function spliceStatements(template: string, statements: readonly PolicyStatement[]): string {
  const marked = /^( *)# generated:permissions\n[\s\S]*?^ *# \/generated:permissions$/m;
  if (!marked.test(template)) throw new Error('The template has no place marked generated:permissions');
  return template.replace(marked, (_all, indent: string) => {
    const lines = statements.flatMap(({ Sid, Effect, Action, Resource }) => [
      `- Sid: ${Sid}`,
      `  Effect: ${Effect}`,
      '  Action:',
      ...Action.map((action) => `    - ${action}`),
      `  Resource: '${Resource}'`,
    ]);
    return ['# generated:permissions', ...lines, '# /generated:permissions'].map((line) => indent + line).join('\n');
  });
}
