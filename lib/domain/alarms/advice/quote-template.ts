/** Foreign text in double quotes that a template language reads back as the very same text. Pure. */

/** What ends or changes a string, cannot be seen, or would not survive the cleaning of answers. */
const UNSAFE = /["\\]|[^\P{C}]|[^\P{Z} ]|\p{DI}/gu;
/** Begin of an interpolation or a directive of HCL. */
const HCL_TEMPLATE = /[$%](?=\{)/g;
const MAX_BMP = 0xffff;

/** A double-quoted scalar of YAML 1.2. */
export function quoteYaml(text: string): string {
  return `"${escapeUnsafe(text)}"`;
}

/** A quoted template of HCL that interpolates nothing. */
export function quoteHcl(text: string): string {
  return `"${escapeUnsafe(text).replace(HCL_TEMPLATE, escapeCharacter)}"`;
}

function escapeUnsafe(text: string): string {
  return text
    .toWellFormed()
    .replace(UNSAFE, (character) =>
      character === '"' || character === '\\' ? `\\${character}` : escapeCharacter(character),
    );
}

/** YAML and HCL share both forms. */
function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code <= MAX_BMP ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
}

/** A number as both languages read it; YAML 1.1 wants a point before an exponent. */
export function writeNumber(value: number): string {
  const text = String(value);
  return /^-?\d+e/.test(text) ? text.replace('e', '.0e') : text;
}
