/** Pictures and pages of an answer → the parts that follow its text, each within its bound. */
import type { Media } from './types.ts';

/** A model that is given the picture pays for it, and some providers put its base64 into the context as text. */
export const MAX_IMAGE_BYTES = 100_000;
/** LibreChat reads lines of at most 5 MiB; a page is sent anew with every call. */
export const MAX_PAGE_CHARS = 400_000;

/** A content part of MCP. */
export type MediaPart =
  | { type: 'image'; data: string; mimeType: string }
  | { type: 'resource'; resource: { uri: string; mimeType: string; text: string } };

export interface RenderedMedia {
  readonly parts: readonly MediaPart[];
  /** About what is too large. */
  readonly warnings: readonly string[];
}

export function renderMedia(media: readonly Media[]): RenderedMedia {
  const parts: MediaPart[] = [];
  const warnings: string[] = [];
  for (const item of media) {
    const fault = findFault(item);
    if (fault === undefined) parts.push(toPart(item));
    else warnings.push(fault);
  }
  return { parts, warnings };
}

function findFault(item: Media): string | undefined {
  const [what, size, limit] =
    item.kind === 'image'
      ? (['picture', item.bytes.byteLength, MAX_IMAGE_BYTES] as const)
      : (['page', item.text.length, MAX_PAGE_CHARS] as const);
  return size > limit
    ? `The ${what} is left out: it has ${inThousands(size)} kB, at most ${inThousands(limit)} are sent.`
    : undefined;
}

function inThousands(bytes: number): number {
  return Math.ceil(bytes / 1_000);
}

function toPart(item: Media): MediaPart {
  if (item.kind === 'page')
    return { type: 'resource', resource: { uri: item.uri, mimeType: item.mimeType, text: item.text } };
  const { buffer, byteOffset, byteLength } = item.bytes;
  return {
    type: 'image',
    data: Buffer.from(buffer, byteOffset, byteLength).toString('base64'),
    mimeType: item.mimeType,
  };
}
