/** DOM helpers. Text goes in as text only. */

/** @throws when the page lacks the element: page.html and the scripts do not fit */
export function findElement(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no element #${id}.`);
  return element;
}

export function createElement<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  text = '',
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (className !== '') element.className = className;
  if (text !== '') element.textContent = text;
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';
const SWATCH_WIDTH = 26;
const SWATCH_HEIGHT = 10;

/** A piece of the line as the chart draws it. `color` is the name of a CSS variable. */
export function createSwatch(color: string, dash: readonly number[]): SVGSVGElement {
  const picture = document.createElementNS(SVG, 'svg');
  picture.setAttribute('class', 'swatch');
  picture.setAttribute('viewBox', `0 0 ${SWATCH_WIDTH} ${SWATCH_HEIGHT}`);
  picture.setAttribute('width', String(SWATCH_WIDTH));
  picture.setAttribute('height', String(SWATCH_HEIGHT));
  picture.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'line');
  for (const [name, value] of [
    ['x1', 1],
    ['x2', SWATCH_WIDTH - 1],
    ['y1', SWATCH_HEIGHT / 2],
    ['y2', SWATCH_HEIGHT / 2],
    ['stroke-width', 2.5],
  ] as const) {
    line.setAttribute(name, String(value));
  }
  if (dash.length > 0) line.setAttribute('stroke-dasharray', dash.join(' '));
  line.style.stroke = `var(${color})`;
  picture.append(line);
  return picture;
}
