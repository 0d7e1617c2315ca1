/** |DFT|² of a real series, by the radix-2 fast Fourier transform. Pure. */

/** Powers at frequencies k / size cycles per sample, k = 0 … size / 2. `size` is a power of two, at least the length. */
export function powerSpectrum(series: Float64Array, size: number): Float64Array {
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  const bits = Math.log2(size);
  for (let index = 0; index < series.length; index += 1) real[reverseBits(index, bits)] = series[index] ?? 0;
  transform(real, imaginary);
  const powers = new Float64Array(size / 2 + 1);
  for (let k = 0; k < powers.length; k += 1) powers[k] = (real[k] ?? 0) ** 2 + (imaginary[k] ?? 0) ** 2;
  return powers;
}

function reverseBits(index: number, bits: number): number {
  let rest = index;
  let reversed = 0;
  for (let bit = 0; bit < bits; bit += 1) {
    reversed = (reversed << 1) | (rest & 1);
    rest >>= 1;
  }
  return reversed;
}

/** In place; the input stands in bit-reversed order. */
function transform(real: Float64Array, imaginary: Float64Array): void {
  const size = real.length;
  const cosines = new Float64Array(size / 2);
  const sines = new Float64Array(size / 2);
  for (let k = 0; k < size / 2; k += 1) {
    cosines[k] = Math.cos((2 * Math.PI * k) / size);
    sines[k] = -Math.sin((2 * Math.PI * k) / size);
  }
  for (let half = 1; half < size; half *= 2) {
    const stride = size / (2 * half);
    for (let start = 0; start < size; start += 2 * half) {
      for (let offset = 0; offset < half; offset += 1) {
        const cosine = cosines[offset * stride] ?? 0;
        const sine = sines[offset * stride] ?? 0;
        const low = start + offset;
        const high = low + half;
        const highReal = real[high] ?? 0;
        const highImaginary = imaginary[high] ?? 0;
        const turnedReal = highReal * cosine - highImaginary * sine;
        const turnedImaginary = highReal * sine + highImaginary * cosine;
        real[high] = (real[low] ?? 0) - turnedReal;
        imaginary[high] = (imaginary[low] ?? 0) - turnedImaginary;
        real[low] = (real[low] ?? 0) + turnedReal;
        imaginary[low] = (imaginary[low] ?? 0) + turnedImaginary;
      }
    }
  }
}

/** The power of one frequency (cycles in the whole series). */
export function powerAt(series: Float64Array, cycles: number): number {
  const turn = (2 * Math.PI * cycles) / series.length;
  let real = 0;
  let imaginary = 0;
  for (let index = 0; index < series.length; index += 1) {
    real += (series[index] ?? 0) * Math.cos(turn * index);
    imaginary += (series[index] ?? 0) * Math.sin(turn * index);
  }
  return real * real + imaginary * imaginary;
}
