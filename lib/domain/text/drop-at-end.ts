/**
 * The text without those of its last characters that are among `characters`. Linear; a pattern such as `/x+$/` begins anew at
 * each place of a long run and takes its square.
 */
export function dropAtEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
