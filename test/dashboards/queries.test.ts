/** Dashboards and alerts against a scrape: no query names a metric or a label that this program does not publish. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createMetrics } from '../../lib/telemetry/metrics.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
/** What Prometheus itself adds to each series of a pod. */
const OF_PROMETHEUS: readonly string[] = ['namespace', 'job', 'pod'];

interface Panel {
  readonly title: string;
  readonly targets: readonly { readonly expr: string }[];
}
interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: { readonly title: string; readonly region: string; readonly query?: string };
}

const grafana = JSON.parse(read('dashboards/grafana.json')) as { readonly panels: readonly Panel[] };
const cloudwatch = JSON.parse(read('dashboards/cloudwatch.json')) as { readonly widgets: readonly Widget[] };
const rules = read('helm-chart/files/prometheus-rules.yaml');

const QUERIES: readonly (readonly [string, string])[] = [
  ...grafana.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
  ...[...rules.matchAll(/alert: (\w+)\n\s+expr: >-\n((?: {10}.+\n)+)/g)].map(
    ([, name = '', expr = '']) => [name, expr.replaceAll(/\s+/g, ' ').trim()] as const,
  ),
];

/** Metric → its labels, as a scrape has them. */
const scraped = new Map<string, Set<string>>();

beforeAll(async () => {
  const metrics = createMetrics({ hasProcess: true });
  metrics.countHttp('/mcp', 200);
  metrics.observeHttp('/mcp', 0.1);
  metrics.countTool('list_targets', 'ok');
  metrics.observeTool('list_targets', 0.1);
  metrics.observeAws('sts:GetCallerIdentity', { outcome: 'ok', seconds: 0.1, retries: 1 });
  metrics.observeExchange('ok', 0.1);
  const { text } = await metrics.render();
  for (const [, name = '', labels = ''] of text.matchAll(/^([a-z]\w*)(?:\{([^}]*)\})? /gm)) {
    const known = scraped.get(name) ?? new Set(OF_PROMETHEUS);
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) known.add(label);
    scraped.set(name, known);
  }
});

function listFaults(expr: string): string[] {
  const names = [...expr.matchAll(/\b((?:cloudwatch_mcp|process|nodejs)_\w+)(?:\{([^}]*)\})?/g)];
  const grouped = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, labels = '']) => labels.split(/, */));
  if (names.length === 0) return ['it names no metric'];
  return names.flatMap(([, name = '', matchers = '']) => {
    const labels = scraped.get(name);
    if (labels === undefined) return [`${name} is not in the scrape`];
    const wanted = [...grouped, ...[...matchers.matchAll(/(\w+)[=!]/g)].map(([, label = '']) => label)];
    return wanted.filter((label) => !labels.has(label)).map((label) => `${name} has no label ${label}`);
  });
}

describe('queries of the Grafana dashboard and of the alerts', () => {
  it('are all found', () => {
    expect(grafana.panels.length).toBe(12);
    expect(QUERIES.length).toBe(
      grafana.panels.flatMap(({ targets }) => targets).length + rules.split('alert: ').length - 1,
    );
  });

  it.each(QUERIES)('%s: names what is scraped: %s', (_title, expr) => {
    expect(listFaults(expr)).toEqual([]);
  });

  it.each([
    ['sum(rate(cloudwatch_mcp_tool_call_total[5m]))', 'is not in the scrape'],
    ['sum by (code) (rate(cloudwatch_mcp_tool_calls_total[5m]))', 'has no label code'],
    ['cloudwatch_mcp_http_requests_total{code="500"}', 'has no label code'],
    ['1 > 0', 'names no metric'],
  ])('the check stumbles over %s', (expr, fault) => {
    expect(listFaults(expr).join()).toContain(fault);
  });
});

describe('the CloudWatch dashboard', () => {
  it('fits the grid of 24 columns, without overlaps', () => {
    const cells = cloudwatch.widgets.flatMap(({ x, y, width, height }) => {
      expect(x + width).toBeLessThanOrEqual(24);
      return Array.from({ length: width * height }, (_, at) => `${x + (at % width)},${y + Math.floor(at / width)}`);
    });
    expect(new Set(cells).size).toBe(cells.length);
  });

  it.each(cloudwatch.widgets.map((widget) => [widget.properties.title, widget] as const))(
    '%s: reads fields that the log lines have',
    (_title, { type, properties }) => {
      expect(['log', 'metric']).toContain(type);
      const documented = read('docs/operations.md');
      for (const [, field = ''] of (properties.query ?? '').matchAll(/log_processed\.(\w+)/g)) {
        expect(
          [...documented.matchAll(/`(\w+)`/g)].map(([, name]) => name).concat('service', 'level', 'message'),
        ).toContain(field);
      }
    },
  );
});
