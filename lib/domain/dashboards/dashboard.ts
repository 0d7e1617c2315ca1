/** A CloudWatch dashboard as it was read: everything that could be understood, and what could not. All text is foreign. */
import type { QueryLanguage } from '../logs/query/query-text.ts';

export const WIDGET_KINDS = ['metric', 'log', 'alarm', 'text', 'explorer', 'custom', 'chart', 'other'] as const;
/** `other` is what the documentation did not name when this was written. */
export type WidgetKind = (typeof WIDGET_KINDS)[number];

export interface DashboardDimension {
  readonly name: string;
  readonly value: string;
}

/** One entry of a widget's `metrics`: a metric, or an expression. Shorthand is resolved, defaults are not put in. */
export interface DashboardMetric {
  readonly id?: string;
  readonly label?: string;
  /** False for what only feeds expressions. */
  readonly isVisible: boolean;
  readonly isRightAxis: boolean;
  readonly region?: string;
  readonly accountId?: string;
  readonly periodSeconds?: number;
  /** As CloudWatch writes it. */
  readonly statistic?: string;
  readonly metric?: {
    readonly namespace: string;
    readonly metricName: string;
    readonly dimensions: readonly DashboardDimension[];
  };
  readonly expression?: string;
}

export interface DashboardLogQuery {
  /** Names and ARNs out of `SOURCE '…'`; empty where the query itself says what it reads. */
  readonly logGroups: readonly string[];
  /** Without the sources that are in `logGroups`. */
  readonly query: string;
  readonly language: QueryLanguage;
}

export interface PromqlQuery {
  readonly query: string;
  readonly label?: string;
  readonly stepSeconds?: number;
  /** Where it is not that of the widget. */
  readonly region?: string;
  readonly accountId?: string;
  readonly isHidden?: true;
}

export interface DashboardAlarm {
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
}

export interface Widget {
  /** 1 for the first of the body. */
  readonly number: number;
  readonly kind: WidgetKind;
  /** The type as the body has it, where `kind` is `other`. */
  readonly type?: string;
  readonly title?: string;
  readonly region?: string;
  readonly accountId?: string;
  readonly periodSeconds?: number;
  readonly statistic?: string;
  /** `timeSeries`, `singleValue`, `gauge`, `table`, … */
  readonly view?: string;
  /** As our tools take times. */
  readonly startTime?: string;
  readonly endTime?: string;
  readonly metrics: readonly DashboardMetric[];
  readonly logQuery?: DashboardLogQuery;
  /** Of a chart widget. */
  readonly promqlQueries: readonly PromqlQuery[];
  /** Of an alarm widget, or drawn into the graph of a metric widget. */
  readonly alarms: readonly DashboardAlarm[];
  /** What else there is to say, in words: thresholds, marks, axes, text. */
  readonly details: readonly string[];
  /** What could not be read. */
  readonly problems: readonly string[];
}

export interface DashboardVariable {
  readonly id: string;
  readonly label?: string;
  /** `property`: sets a property or dimension of that name; `pattern`: replaces a text. */
  readonly type: string;
  readonly target: string;
  readonly inputType?: string;
  readonly defaultValue?: string;
  /** Values to choose from, or where they come from. */
  readonly choices: readonly string[];
  /** The default was put into the widgets. */
  readonly isApplied: boolean;
}

export interface Dashboard {
  /** Of all widgets, in their order. */
  readonly kinds: readonly WidgetKind[];
  /** Those that were to be read. */
  readonly widgets: readonly Widget[];
  readonly variables: readonly DashboardVariable[];
  readonly startTime?: string;
  readonly endTime?: string;
  /** `inherit`: every widget keeps its own period; otherwise it follows the time range. */
  readonly periodOverride?: string;
  /** About the body as a whole. */
  readonly problems: readonly string[];
}
