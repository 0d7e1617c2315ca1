import { randomFor } from '../data/logs/random.ts';
import { createEstate } from './estate.ts';
import type { Incident } from './incident.ts';
import { INCIDENT_KINDS } from './kinds/kinds.ts';
import { SeriesWriter } from './series.ts';
import { nameAlarms, writeAlarms } from './write-alarms.ts';
import { writeDashboards, writeEvents } from './write-events.ts';
import { LOGGED_SHARE, writeLogs } from './write-logs.ts';
import { writeMetrics } from './write-metrics.ts';

/**
 * Makes an incident and, beside it, what is true of it.
 * @param kind one of {@link INCIDENT_KINDS}
 * @param seed the same seed makes the same incident
 * @throws Error for a kind that does not exist
 */
export function generateIncident(kind: string, seed: number): Incident {
  const tell = Object.hasOwn(INCIDENT_KINDS, kind) ? INCIDENT_KINDS[kind] : undefined;
  if (tell === undefined) throw new Error(`no kind ${kind}; there are ${Object.keys(INCIDENT_KINDS).join(', ')}`);
  const estate = createEstate(seed, kind);
  const story = tell({ estate, alarms: nameAlarms(estate), random: randomFor(seed, kind, 1) });
  const series = new SeriesWriter(seed);
  writeMetrics(series, estate, story.effects, seed);
  const alarms = writeAlarms(series, estate, seed);
  const document = {
    format: 1,
    name: `${kind}-${seed}`,
    description: `A made-up incident. The logs hold ${LOGGED_SHARE} of the requests.`,
    region: 'us-east-1',
    account: 'prod',
    ...alarms,
    metrics: series.metrics,
    logGroups: writeLogs(estate, story, seed),
    dashboards: writeDashboards(estate),
    events: writeEvents(story, seed),
  } as const;
  return {
    document,
    truth: {
      kind,
      seed,
      verdict: story.verdict,
      alarm: story.alarm,
      subject: story.subject,
      onset: story.onset === undefined ? undefined : story.onset * 60,
      redHerrings: [nameAlarms(estate).flapping, nameAlarms(estate).forgotten, ...(story.redHerrings ?? [])],
    },
  };
}
