import { PNG } from 'pngjs';

/** Red, green, blue: 0–255 each. */
export type Color = readonly [red: number, green: number, blue: number];

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle of whole pixels; right and bottom do not belong to it. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const CHANNELS = 4;
const OPAQUE = 255;

/** White pixels to draw on. What lies outside is left out without a word. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly #png: PNG;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.#png = new PNG({ width, height });
    this.#png.data.fill(OPAQUE);
  }

  /** Mixes a color into a pixel. @param share 0 = leaves it, 1 = covers it */
  blend(x: number, y: number, color: Color, share = 1): void {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height || share <= 0) return;
    const { data } = this.#png;
    const at = (y * this.width + x) * CHANNELS;
    for (const [channel, wanted] of color.entries()) {
      const known = data[at + channel] ?? OPAQUE;
      data[at + channel] = Math.round(known + (wanted - known) * Math.min(1, share));
    }
  }

  fillBox({ left, top, right, bottom }: Box, color: Color, share = 1): void {
    const box = this.#clip({ left, top, right, bottom });
    for (let y = box.top; y < box.bottom; y += 1) {
      for (let x = box.left; x < box.right; x += 1) this.blend(x, y, color, share);
    }
  }

  /** Lines through the points, smooth at their edges; one point is a dot. Nothing outside `within`. */
  stroke(points: readonly Point[], color: Color, thickness: number, within: Box): void {
    const box = this.#clip(within);
    const width = box.right - box.left;
    const height = box.bottom - box.top;
    if (width <= 0 || height <= 0) return;
    // The strongest share counts, so that joints are not darker than lines.
    const shares = new Float32Array(width * height);
    const reach = thickness / 2 + 1;
    for (const [index, to] of points.entries()) {
      const from = points[index - 1] ?? to;
      if (index === 0 && points.length > 1) continue;
      const area = this.#clip({
        left: Math.max(box.left, Math.floor(Math.min(from.x, to.x) - reach)),
        top: Math.max(box.top, Math.floor(Math.min(from.y, to.y) - reach)),
        right: Math.min(box.right, Math.ceil(Math.max(from.x, to.x) + reach)),
        bottom: Math.min(box.bottom, Math.ceil(Math.max(from.y, to.y) + reach)),
      });
      for (let y = area.top; y < area.bottom; y += 1) {
        for (let x = area.left; x < area.right; x += 1) {
          const share = thickness / 2 + 0.5 - distance({ x: x + 0.5, y: y + 0.5 }, from, to);
          const at = (y - box.top) * width + (x - box.left);
          if (share > (shares[at] ?? 0)) shares[at] = Math.min(1, share);
        }
      }
    }
    for (const [at, share] of shares.entries()) {
      if (share > 0) this.blend(box.left + (at % width), box.top + Math.floor(at / width), color, share);
    }
  }

  toPng(): Uint8Array {
    return PNG.sync.write(this.#png, { colorType: 2, deflateLevel: 9 });
  }

  #clip({ left, top, right, bottom }: Box): Box {
    return {
      left: Math.max(0, left),
      top: Math.max(0, top),
      right: Math.min(this.width, right),
      bottom: Math.min(this.height, bottom),
    };
  }
}

/** From a point to the nearest one of a segment. */
function distance(point: Point, from: Point, to: Point): number {
  const along = { x: to.x - from.x, y: to.y - from.y };
  const length2 = along.x ** 2 + along.y ** 2;
  const share = length2 === 0 ? 0 : ((point.x - from.x) * along.x + (point.y - from.y) * along.y) / length2;
  const at = Math.min(1, Math.max(0, share));
  return Math.hypot(point.x - from.x - along.x * at, point.y - from.y - along.y * at);
}
