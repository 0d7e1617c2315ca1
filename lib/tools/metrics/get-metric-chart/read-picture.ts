/** A picture within its bound: drawn smaller, and again, where the first one is too large. */
import type { MetricsPort, WidgetImageRequest } from '../../../aws/ports/metrics.ts';
import { AppError } from '../../../errors.ts';
import { MAX_IMAGE_BYTES } from '../../../tool/render-media.ts';

const MAX_ATTEMPTS = 4;
/** Bytes shrink less than area does, since text and lines stay as thick as they are. */
const SHRINK_MARGIN = 0.9;
const LEAST_SHRINK = 0.85;
const MIN_PIXELS = 100;
const PNG_HEAD = [0x89, 0x50, 0x4e, 0x47];

export interface Picture {
  readonly bytes: Uint8Array;
  readonly widthPixels: number;
  readonly heightPixels: number;
  readonly isSmaller: boolean;
}

/**
 * @param hasTime asked before each further attempt
 * @throws AppError when CloudWatch gives no picture, or none that is small enough
 */
export async function drawPicture(
  port: MetricsPort,
  request: WidgetImageRequest,
  hasTime: () => boolean,
  signal: AbortSignal,
): Promise<Picture> {
  let { widthPixels, heightPixels } = request;
  let bytes = 0;
  for (let turn = 0; turn < MAX_ATTEMPTS && (turn === 0 || hasTime()); turn += 1) {
    const picture = await port.getWidgetImage({ ...request, widthPixels, heightPixels }, signal);
    if (PNG_HEAD.some((byte, index) => picture[index] !== byte)) {
      throw new AppError('upstream_unavailable', 'CloudWatch sent no picture → try again, or pass format=html.');
    }
    bytes = picture.byteLength;
    if (bytes <= MAX_IMAGE_BYTES) return { bytes: picture, widthPixels, heightPixels, isSmaller: turn > 0 };
    const share = Math.min(LEAST_SHRINK, Math.sqrt(MAX_IMAGE_BYTES / bytes) * SHRINK_MARGIN);
    widthPixels = shrink(widthPixels, share);
    heightPixels = shrink(heightPixels, share);
  }
  throw new AppError(
    'invalid_input',
    `The picture has ${Math.ceil(bytes / 1_000)} kB, at most ${MAX_IMAGE_BYTES / 1_000} are sent → draw fewer series, or pass format=html.`,
  );
}

/** Nothing becomes larger than it was, however small it was asked. */
function shrink(pixels: number, share: number): number {
  return Math.min(pixels, Math.max(MIN_PIXELS, Math.floor(pixels * share)));
}
