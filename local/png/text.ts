import type { Canvas, Color } from './canvas.ts';
import { GLYPHS, UNKNOWN_GLYPH } from './glyphs.ts';

const COLUMNS = 5;
const ADVANCE = COLUMNS + 1;
const LEFT_BIT = 0x10;
/** Of capital letters, in pixels. */
export const TEXT_HEIGHT = 7;
/** With what hangs below the line. */
export const LINE_HEIGHT = 9;

export interface TextStyle {
  readonly color: Color;
  readonly isBold?: boolean;
}

/** In pixels, without the gap after the last character. */
export function measureText(text: string, isBold = false): number {
  const count = Array.from(text).length;
  return count === 0 ? 0 : count * advanceOf(isBold) - 1;
}

/** At most `maxWidth` pixels of a text, a cut marked. */
export function fitText(text: string, maxWidth: number, isBold = false): string {
  if (measureText(text, isBold) <= maxWidth) return text;
  const count = Math.floor((maxWidth + 1) / advanceOf(isBold)) - 1;
  return count < 1 ? '' : `${Array.from(text).slice(0, count).join('')}…`;
}

/** @param x, y the upper left corner */
export function drawText(
  canvas: Canvas,
  text: string,
  x: number,
  y: number,
  { color, isBold = false }: TextStyle,
): void {
  for (const [index, character] of Array.from(text).entries()) {
    const rows = (Object.hasOwn(GLYPHS, character) ? GLYPHS[character] : undefined) ?? UNKNOWN_GLYPH;
    const left = x + index * advanceOf(isBold);
    for (let row = 0; row * 2 < rows.length; row += 1) {
      const bits = Number.parseInt(rows.slice(row * 2, row * 2 + 2), 16);
      for (let column = 0; column < COLUMNS; column += 1) {
        if ((bits & (LEFT_BIT >> column)) === 0) continue;
        canvas.blend(left + column, y + row, color);
        if (isBold) canvas.blend(left + column + 1, y + row, color);
      }
    }
  }
}

function advanceOf(isBold: boolean): number {
  return isBold ? ADVANCE + 1 : ADVANCE;
}
