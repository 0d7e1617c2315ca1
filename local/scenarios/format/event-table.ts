import { type At, inside, refuse, seconds, text } from './shape.ts';

const readStream = text({ minLength: 1, maxLength: 512 });
/** A log event has at most 1 MiB (CloudWatch Logs quotas). */
const readMessage = text({ maxLength: 1_048_576, isTemplate: true });

/** The events of a log group in columns: half a million of them are three arrays. */
export class EventTable {
  /** Relative to the anchor, ascending. */
  readonly seconds: number[] = [];
  readonly streams: string[] = [];
  readonly messages: string[] = [];
  readonly #streamNames = new Map<string, string>();

  get length(): number {
    return this.seconds.length;
  }

  /** Adds one triple; what is wrong with it is a fault. */
  add(triple: unknown, at: At): void {
    if (!Array.isArray(triple) || triple.length !== 3) {
      refuse(at, 'must be [time, log stream, message]');
      return;
    }
    const time = seconds(triple[0], inside(at, 0));
    const stream = readStream(triple[1], inside(at, 1));
    const message = readMessage(triple[2], inside(at, 2));
    if (time === undefined || stream === undefined || message === undefined) return;
    if (time < (this.seconds.at(-1) ?? Number.NEGATIVE_INFINITY)) {
      refuse(at, 'must not be earlier than the event before it');
      return;
    }
    this.seconds.push(time);
    this.streams.push(this.#share(stream));
    this.messages.push(message);
  }

  /** Equal names are one string. */
  #share(name: string): string {
    const known = this.#streamNames.get(name);
    if (known !== undefined) return known;
    this.#streamNames.set(name, name);
    return name;
  }
}
