/** What the README tells of the tools and of the rights that they need. */
import type { Tool } from '../../lib/tool/types.ts';
import { callsOf } from '../../test/registry/calls/all-calls.ts';

/** @throws Error for a tool without a record in test/registry/calls */
export function renderToolTable(tools: readonly Pick<Tool, 'name'>[]): string {
  const rows = tools.map(({ name }) => `| \`${name}\` | ${callsOf(name).question} |`);
  return `| tool | the question it answers |\n| --- | --- |\n${rows.join('\n')}\n`;
}

/** @param actions as `service:Action`, sorted */
export function renderActionList(actions: readonly string[]): string {
  const services = Map.groupBy(actions, (action) => action.split(':')[0] ?? '');
  return [...services]
    .map(([service, own]) => `- \`${service}:\` ${own.map((action) => action.slice(service.length + 1)).join(', ')}\n`)
    .join('');
}
