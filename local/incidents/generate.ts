import { randomFor } from '../data/logs/random.ts';
import type { Story } from './effects.ts';
import { createEstate, type Estate } from './estate.ts';
import type { Incident, Subject, Truth } from './incident.ts';
import { INCIDENT_KINDS } from './kinds/kinds.ts';
import { SeriesWriter } from './series.ts';
import { drawStyle, PLAIN, serviceMetric } from './style.ts';
import { nameAlarms, writeAlarms } from './write-alarms.ts';
import { writeDashboards, writeEvents } from './write-events.ts';
import { LOGGED_SHARE, writeLogs } from './write-logs.ts';
import { writeMetrics } from './write-metrics.ts';

/**
 * Makes an incident and, beside it, what is true of it.
 * @param kind one of {@link INCIDENT_KINDS}
 * @param seed the same seed makes the same incident
 * @param isVaried names, periods, counters and logs differ by seed too; otherwise only resources and sizes do
 * @throws Error for a kind that does not exist
 */
export function generateIncident(kind: string, seed: number, isVaried = false): Incident {
  const plot = tellPlot(kind, seed, isVaried);
  const { estate, story } = plot;
  const series = new SeriesWriter(seed, estate.style);
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
  return { document, truth: readTruth(plot) };
}

/** What is true of the incident that {@link generateIncident} makes; writing its two weeks takes most of a second. */
export function generateTruth(kind: string, seed: number, isVaried = false): Truth {
  return readTruth(tellPlot(kind, seed, isVaried));
}

interface Plot {
  readonly kind: string;
  readonly seed: number;
  readonly estate: Estate;
  readonly story: Story;
}

function tellPlot(kind: string, seed: number, isVaried: boolean): Plot {
  const tell = Object.hasOwn(INCIDENT_KINDS, kind) ? INCIDENT_KINDS[kind] : undefined;
  if (tell === undefined) throw new Error(`no kind ${kind}; there are ${Object.keys(INCIDENT_KINDS).join(', ')}`);
  const style = isVaried ? drawStyle(seed, kind) : PLAIN;
  const estate = createEstate(seed, kind, style);
  const story = tell({ estate, alarms: nameAlarms(estate), random: randomFor(seed, kind, 1) });
  return { kind, seed, estate, story };
}

function readTruth({ kind, seed, estate, story }: Plot): Truth {
  const alarms = nameAlarms(estate);
  return {
    kind,
    seed,
    verdict: story.verdict,
    alarm: story.alarm,
    subject: story.subject === undefined ? undefined : nameSubject(story.subject, estate),
    onset: story.onset === undefined ? undefined : story.onset * 60,
    redHerrings: [alarms.flapping, alarms.forgotten, `${estate.prefix}-warmup`, ...(story.redHerrings ?? [])],
  };
}

/** The subject by the names that its estate has for metrics and fields. */
function nameSubject(subject: Subject, { style, front, pricing, worker, helpers }: Estate): Subject {
  const { metric, field } = subject;
  const isOfCompute = [front, pricing, worker, ...helpers].includes(subject.resource);
  const isRenamed = metric !== undefined && isOfCompute && !style.isServerless;
  const log: Readonly<Record<string, string>> = { version: style.log.version, host: style.log.host };
  return {
    ...subject,
    ...(isRenamed && { metric: serviceMetric(metric) }),
    ...(field !== undefined && { field: { name: log[field.name] ?? field.name, value: field.value } }),
  };
}
