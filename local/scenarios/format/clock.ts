const TEMPLATE = /\{\{(t|ms):(-?\d{1,12}(?:\.\d{1,3})?)\}\}/g;

/** Turns the times of a scenario, seconds relative to its anchor, into instants. */
export class ScenarioClock {
  readonly anchorEpochMs: number;

  constructor(anchorEpochMs: number) {
    this.anchorEpochMs = anchorEpochMs;
  }

  /** Fractions are milliseconds. */
  toEpochMs(seconds: number): number {
    return this.anchorEpochMs + Math.round(seconds * 1_000);
  }

  /** Fills in `{{t:-60}}` (ISO 8601) and `{{ms:-60}}` (epoch milliseconds); what looks otherwise stays as it is. */
  fill(text: string): string {
    if (!text.includes('{{')) return text;
    return text.replaceAll(TEMPLATE, (_whole, form: string, seconds: string) => {
      const epochMs = this.toEpochMs(Number(seconds));
      return form === 't' ? new Date(epochMs).toISOString() : String(epochMs);
    });
  }

  /** Fills in the texts of any JSON value. */
  fillDeep(value: unknown): unknown {
    if (typeof value === 'string') return this.fill(value);
    if (Array.isArray(value)) return value.map((item) => this.fillDeep(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.fillDeep(item)]));
  }
}
