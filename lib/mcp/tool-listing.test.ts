import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineTool, READ_ONLY } from '../tool/define-tool.ts';
import { describeTool } from './tool-listing.ts';

const tool = defineTool({
  name: 'sample_tool',
  title: 'Sample',
  description: 'For the tests of the list.',
  toolset: 'metrics',
  annotations: READ_ONLY,
  inputSchema: z.object({
    name: z.string().min(1).max(5).describe('A name'),
    count: z.int().default(3).describe('Default 3'),
  }),
  outputSchema: z.strictObject({ items: z.array(z.strictObject({ id: z.int().describe('an id') })) }),
  handler: async () => ({ headline: '', targets: [], structured: () => ({ items: [] }) }),
});

const unlistable = { ...tool, inputSchema: z.object({ big: z.bigint() }) };

describe('describeTool', () => {
  it('lists what a client needs, and no more', () => {
    expect(describeTool(tool)).toEqual({
      name: 'sample_tool',
      title: 'Sample',
      description: 'For the tests of the list.',
      inputSchema: {
        type: 'object',
        properties: {
          name: { type: 'string', maxLength: 5, description: 'A name' },
          count: { type: 'integer', default: 3, description: 'Default 3' },
        },
        required: ['name'],
      },
      outputSchema: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] },
          },
          targets: { type: 'array', items: { type: 'object' } },
          warnings: { type: 'array', items: { type: 'string' } },
          shown: { type: 'integer' },
          total: { type: 'integer' },
          next_token: { type: 'string' },
        },
        required: ['items', 'targets', 'shown'],
      },
      annotations: { title: 'Sample', ...READ_ONLY },
    });
  });

  it('is made once of a tool, and anew of another with the same name', () => {
    expect(describeTool(tool)).toBe(describeTool(tool));
    const other = { ...tool, description: 'Another one.' };
    expect(describeTool(other)).toEqual({ ...describeTool(tool), description: 'Another one.' });
  });

  it.each([1, 2])('refuses a schema that JSON Schema cannot express, look %i', () => {
    expect(() => describeTool(unlistable)).toThrow(/cannot be represented/);
  });
});
