/** Grows with the tools that need it. */
// biome-ignore lint/complexity/noBannedTypes: methods follow
export type AlarmsPort = {};
