/** Parts of dashboard bodies as the console and templates write them. */
import { ACCOUNTS, DEFAULT_REGION } from '../../scenario.ts';

export interface DashboardWidget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface DashboardBody {
  readonly start?: string;
  readonly end?: string;
  readonly periodOverride?: 'auto' | 'inherit';
  readonly variables?: readonly Readonly<Record<string, unknown>>[];
  readonly widgets: readonly DashboardWidget[];
}

type Properties = DashboardWidget['properties'];

const WIDTH = 12;
const HEIGHT = 6;
const GRID_WIDTH = 24;

/** Places widgets from left to right, two in a row. */
export function arrange(widgets: readonly Pick<DashboardWidget, 'type' | 'properties'>[]): DashboardWidget[] {
  return widgets.map((widget, index) => ({
    ...widget,
    x: (index * WIDTH) % GRID_WIDTH,
    y: Math.floor((index * WIDTH) / GRID_WIDTH) * HEIGHT,
    width: WIDTH,
    height: HEIGHT,
  }));
}

export function graph(title: string, properties: Properties) {
  return { type: 'metric', properties: { title, view: 'timeSeries', region: DEFAULT_REGION, ...properties } };
}

export function logTable(title: string, query: string, properties: Properties = {}) {
  return { type: 'log', properties: { title, query, region: DEFAULT_REGION, view: 'table', ...properties } };
}

export function text(markdown: string) {
  return { type: 'text', properties: { markdown } };
}

export function alarmArn(name: string, region: string = DEFAULT_REGION): string {
  return `arn:aws:cloudwatch:${region}:${ACCOUNTS.prod.id}:alarm:${name}`;
}
