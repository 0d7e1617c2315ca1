/** Sizes that a scenario may have; twice what the format asks to bear. */
export const LIMITS = {
  alarms: 10_000,
  metrics: 100_000,
  numbers: 80_000_000,
  logGroups: 10_000,
  events: 1_000_000,
  /** Values of any kind beside the numbers of series. */
  values: 20_000_000,
} as const;
