/** Light or dark, as the reader's system says; follows a change. */
import { DARK, LIGHT, type Palette } from '../palette.ts';

const darkMedia = matchMedia('(prefers-color-scheme: dark)');

export function currentPalette(): Palette {
  return darkMedia.matches ? DARK : LIGHT;
}

/** Makes the colours known to the style sheet, now and after each change. */
export function followTheme(onChange: () => void): void {
  applyPalette(currentPalette());
  darkMedia.addEventListener('change', () => {
    applyPalette(currentPalette());
    onChange();
  });
}

function applyPalette({ series, states, ...surface }: Palette): void {
  const { style } = document.documentElement;
  for (const [name, color] of Object.entries(surface)) style.setProperty(`--${name}`, color);
  for (const [index, color] of series.entries()) style.setProperty(`--series-${index}`, color);
  for (const [state, color] of Object.entries(states)) style.setProperty(`--${state}`, color);
}
