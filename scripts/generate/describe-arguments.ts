/** The arguments of a tool as a table, from its inputSchema. */
import { z } from 'zod';
import type { Tool } from '../../lib/tool/types.ts';

interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

export function describeArguments(tool: Tool): string {
  const schema = z.toJSONSchema(tool.inputSchema, { io: 'input' }) as JsonSchema;
  const rows = Object.entries(schema.properties ?? {}).map(([name, member]) => {
    const isRequired = schema.required?.includes(name) === true;
    return `| \`${name}\`${isRequired ? ' (required)' : ''} | ${describeValue(member)} | ${escapeCell(member.description ?? '')} |`;
  });
  if (rows.length === 0) return 'No arguments.\n';
  return `| argument | value | meaning |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
}

function describeValue(schema: JsonSchema): string {
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(', ');
  switch (schema.type) {
    case 'string':
      return 'text';
    case 'boolean':
      return '`true`, `false`';
    case 'array':
      return `list of ${describeItem(schema.items ?? {})}${schema.maxItems === undefined ? '' : `, at most ${schema.maxItems}`}`;
    default:
      return `${schema.type === 'integer' ? 'whole number' : 'number'}, ${schema.minimum}–${schema.maximum}`;
  }
}

function describeItem(schema: JsonSchema): string {
  if (schema.type !== 'object') return describeValue(schema);
  const members = Object.entries(schema.properties ?? {}).map(
    ([name, member]) =>
      `${name}${schema.required?.includes(name) === true ? '' : '?'}${member.type === 'object' ? ` ${describeItem(member)}` : ''}`,
  );
  return `{ ${members.join(', ')} }`;
}

function escapeCell(text: string): string {
  return text
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
    .replaceAll(/([*_`$[\]])/g, '\\$1');
}
