/** Sizes and costs of log data, as people read them. Pure. */

/** CloudWatch bills gigabytes; the decimal one is the smaller, so an estimate is never too low. */
export const GIGABYTE = 1_000_000_000;

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const;

/** Decimal units with at most three digits: `0 B`, `812 B`, `1.23 kB`, `45.6 MB`. Negative and non-finite ones count as 0. */
export function formatBytes(bytes: number): string {
  let value = Number.isFinite(bytes) ? Math.max(0, bytes) : 0;
  let unit = 0;
  while (unit < UNITS.length - 1 && value >= 999.5) {
    value /= 1_000;
    unit += 1;
  }
  return `${unit === 0 ? Math.round(value) : Number(value.toPrecision(3))} ${UNITS[unit]}`;
}

/** What Logs Insights charges for a scan, in US dollars. */
export function estimateScanUsd(bytesScanned: number, usdPerGb: number): number {
  return (Math.max(0, bytesScanned) / GIGABYTE) * usdPerGb;
}

const SMALLEST_SHOWN_USD = 0.0001;

/** `$0`, `under $0.0001`, `$0.0123`, `$1.23` */
export function formatUsd(usd: number): string {
  if (usd <= 0) return '$0';
  if (usd < SMALLEST_SHOWN_USD) return `under $${SMALLEST_SHOWN_USD}`;
  return `$${usd < 1 ? Number(usd.toFixed(4)) : usd.toFixed(2)}`;
}
