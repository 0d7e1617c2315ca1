import { describe, expect, it } from 'vitest';
import { MAX_IMAGE_BYTES, MAX_PAGE_CHARS, renderMedia } from './render-media.ts';
import type { Media } from './types.ts';

const image = (bytes: Uint8Array): Media => ({ kind: 'image', mimeType: 'image/png', bytes });
const page = (text: string): Media => ({ kind: 'page', uri: 'ui://test/page', mimeType: 'text/html', text });

describe('renderMedia', () => {
  it('gives nothing for nothing', () => {
    expect(renderMedia([])).toEqual({ parts: [], warnings: [] });
  });

  it('gives pictures in base64 and pages as they are, in their order', () => {
    const html = '<!doctype html>\u202e<p>&amp;</p>\u0000';
    expect(renderMedia([page(html), image(Uint8Array.of(0, 255, 16))])).toEqual({
      parts: [
        { type: 'resource', resource: { uri: 'ui://test/page', mimeType: 'text/html', text: html } },
        { type: 'image', data: 'AP8Q', mimeType: 'image/png' },
      ],
      warnings: [],
    });
  });

  it('gives the view, not the memory behind it', () => {
    const memory = Uint8Array.of(1, 2, 3, 4, 5);
    expect(renderMedia([image(memory.subarray(1, 4))]).parts).toEqual([
      { type: 'image', data: 'AgME', mimeType: 'image/png' },
    ]);
  });

  it('takes what is just as large as it may be', () => {
    expect(renderMedia([image(new Uint8Array(MAX_IMAGE_BYTES)), page('x'.repeat(MAX_PAGE_CHARS))]).parts).toHaveLength(
      2,
    );
  });

  it('leaves out what is larger, says so, and keeps the rest', () => {
    const media = [image(new Uint8Array(MAX_IMAGE_BYTES + 1)), page('x'.repeat(MAX_PAGE_CHARS + 1)), page('small')];
    expect(renderMedia(media)).toEqual({
      parts: [{ type: 'resource', resource: { uri: 'ui://test/page', mimeType: 'text/html', text: 'small' } }],
      warnings: [
        'The picture is left out: it has 101 kB, at most 100 are sent.',
        'The page is left out: it has 401 kB, at most 400 are sent.',
      ],
    });
  });
});
