/** Contrast as WCAG 2.2 defines it; colour blindness by the matrices of Machado, Oliveira and Fernandes (2009), severity 1.0. */
import { describe, expect, it } from 'vitest';
import { colorOf, DARK, dashOf, LIGHT, type Palette } from './palette.ts';

type Triple = readonly [number, number, number];

const EYES: Readonly<Record<string, readonly Triple[]>> = {
  common: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};
/** WCAG 2.2, 1.4.11 (graphics) and 1.4.3 (text). */
const MIN_GRAPHIC_CONTRAST = 3;
const MIN_TEXT_CONTRAST = 4.5;
/** In OKLab, where 0.02 is about the smallest difference that is seen. */
const MIN_DISTANCE = 0.08;

function toLinear(hex: string): Triple {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return [red, green, blue];
}

function multiply(rows: readonly Triple[], [x, y, z]: Triple): Triple {
  const [a = 0, b = 0, c = 0] = rows.map((row) => Math.max(0, row[0] * x + row[1] * y + row[2] * z));
  return [a, b, c];
}

function toOklab(linear: Triple): number[] {
  const [l, m, s] = multiply(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    linear,
  ).map(Math.cbrt) as unknown as Triple;
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [a, b]
    .map((hex) => toLinear(hex))
    .map(([red, green, blue]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue)
    .sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

describe.each<[string, Palette]>([
  ['light', LIGHT],
  ['dark', DARK],
])('the %s palette', (_name, palette) => {
  it('stands out from its background', () => {
    for (const color of palette.series) {
      expect(contrast(color, palette.background), color).toBeGreaterThanOrEqual(MIN_GRAPHIC_CONTRAST);
    }
    for (const color of [palette.text, palette.muted, palette.focus, ...Object.values(palette.states)]) {
      expect(contrast(color, palette.background), color).toBeGreaterThanOrEqual(MIN_TEXT_CONTRAST);
      expect(contrast(color, palette.panel), color).toBeGreaterThanOrEqual(MIN_TEXT_CONTRAST - 0.3);
    }
  });

  it.each(Object.keys(EYES))('is told apart by eyes with %s', (eye) => {
    const seen = palette.series.map((color) => toOklab(multiply(EYES[eye] ?? [], toLinear(color))));
    for (const [index, one] of seen.entries()) {
      for (const [other, two] of seen.slice(0, index).entries()) {
        const distance = Math.hypot(...one.map((part, axis) => part - (two[axis] ?? 0)));
        expect(distance, `${palette.series[index]} and ${palette.series[other]}`).toBeGreaterThan(MIN_DISTANCE);
      }
    }
  });
});

describe('line styles', () => {
  it('differ in colour or dash for the first 40 series', () => {
    const styles = Array.from({ length: 40 }, (_, index) => `${colorOf(LIGHT, index)} ${dashOf(index).join(' ')}`);
    expect(new Set(styles).size).toBe(40);
    expect(dashOf(7)).toEqual([]);
    expect(dashOf(8)).not.toEqual([]);
  });
});
