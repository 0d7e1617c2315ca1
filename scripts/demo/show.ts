/** How the demo looks: question, call, progress, answer. */

/** Where the demo is printed. */
export interface Screen {
  readonly isTty: boolean;
  write(text: string): void;
}

/** SGR codes; a pipe or a file gets none. */
const STYLES = { bold: [1, 22], dim: [2, 22], cyan: [36, 39], red: [31, 39] } as const;

const MAX_ANSWER_LINES = 40;
const MAX_LINE_CHARS = 200;
const MAX_CALL_CHARS = 400;

type Style = keyof typeof STYLES;

export class Show {
  readonly #screen: Screen;
  #hasProgress = false;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  say(text: string): void {
    this.#line(text);
  }

  question(step: number, text: string): void {
    this.#line(`\n${this.#style('bold', `${step}. ${text}`)}`);
  }

  call(tool: string, args: Readonly<Record<string, unknown>>): void {
    this.#line(this.#style('cyan', `   ${tool} ${clip(JSON.stringify(args), MAX_CALL_CHARS)}`));
  }

  /** One line that is overwritten on a terminal; elsewhere each one stays. */
  progress(text: string): void {
    const line = this.#style('dim', `   … ${text}`);
    if (!this.#screen.isTty) {
      this.#screen.write(`${line}\n`);
      return;
    }
    this.#hasProgress = true;
    this.#screen.write(`\r\u001b[K${line}`);
  }

  answer(text: string, isError: boolean): void {
    const lines = text.split('\n');
    for (const line of lines.slice(0, MAX_ANSWER_LINES)) {
      const shown = `   ${clip(line, MAX_LINE_CHARS)}`;
      this.#line(isError ? this.#style('red', shown) : shown);
    }
    const hidden = lines.length - MAX_ANSWER_LINES;
    const size = `${text.length.toLocaleString('en-US')} characters`;
    const note =
      hidden > 0 ? `   (shortened here: ${hidden} more lines; the whole answer has ${size})` : `   (${size})`;
    this.#line(this.#style('dim', note));
  }

  #line(text: string): void {
    if (this.#hasProgress) this.#screen.write('\r\u001b[K');
    this.#hasProgress = false;
    this.#screen.write(`${text}\n`);
  }

  #style(style: Style, text: string): string {
    const [on, off] = STYLES[style];
    return this.#screen.isTty ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  }
}

function clip(text: string, maxChars: number): string {
  return text.length <= maxChars ? text : `${text.slice(0, maxChars - 1)}…`;
}
