/**
 * The tools that the official conformance suite calls, made with the product's own frame: what passes of them is proof
 * for content types, progress, errors and schemas of every tool. Names and texts are the suite's.
 */
import { z } from 'zod';
import { AppError } from '../../lib/errors.ts';
import { defineTool, READ_ONLY } from '../../lib/tool/define-tool.ts';
import type { Media, Tool, ToolContext } from '../../lib/tool/types.ts';

/** One red pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
);
const PICTURE: Media = { kind: 'image', mimeType: 'image/png', bytes: PNG };
const PAGE: Media = {
  kind: 'page',
  uri: 'ui://fixture/page',
  mimeType: 'text/html',
  text: '<p>An embedded resource.</p>',
};
const STEPS = [0, 50, 100];

interface Fixture {
  readonly name: string;
  readonly headline: string;
  readonly media?: readonly Media[];
  readonly work?: (context: ToolContext) => Promise<void>;
}

function fixture({ name, headline, media, work }: Fixture): Tool {
  return defineTool({
    name,
    title: name,
    description: 'A fixture of the conformance suite, made with the frame of this server.',
    toolset: 'triage',
    annotations: READ_ONLY,
    inputSchema: z.object({}),
    outputSchema: z.object({ text: z.string() }),
    handler: async (_input, context) => {
      await work?.(context);
      return { headline, targets: [], ...(media !== undefined && { media }), structured: () => ({ text: headline }) };
    },
  });
}

export const FIXTURE_TOOLS: readonly Tool[] = [
  fixture({ name: 'test_simple_text', headline: 'This is a simple text response for testing.' }),
  fixture({ name: 'test_logging_tool', headline: 'Nothing is logged to a client.' }),
  fixture({ name: 'test_image_content', headline: 'A picture.', media: [PICTURE] }),
  fixture({ name: 'test_embedded_resource', headline: 'A page.', media: [PAGE] }),
  fixture({ name: 'test_multiple_content_types', headline: 'Multiple content types test:', media: [PICTURE, PAGE] }),
  fixture({
    name: 'test_error_handling',
    headline: 'never',
    work: async () => {
      throw new AppError('not_found', 'This tool intentionally returns an error for testing → do nothing.');
    },
  }),
  fixture({
    name: 'test_tool_with_progress',
    headline: 'Progress was told.',
    work: async ({ reportProgress }) => {
      for (const progress of STEPS) {
        reportProgress({ progress, total: 100 });
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  }),
];
