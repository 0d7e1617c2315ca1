/** What X-Ray, Application Signals and the tagging API know of applications, in the shapes of their API references. */

/** What a scenario holds of one account in one region. */
export interface ApplicationRecords {
  /** One entry per interval of X-Ray's GetServiceGraph. */
  readonly serviceGraph: readonly ServiceGraphEntry[];
  readonly traces: readonly Trace[];
  /** Application Signals, ServiceSummary. */
  readonly services: readonly Readonly<Record<string, unknown>>[];
  /** Application Signals, ServiceLevelObjective. */
  readonly slos: readonly Readonly<Record<string, unknown>>[];
  /** Resource Groups Tagging API, ResourceTagMapping. */
  readonly tags: readonly Readonly<Record<string, unknown>>[];
}

export const NO_APPLICATIONS: ApplicationRecords = { serviceGraph: [], traces: [], services: [], slos: [], tags: [] };

export interface ServiceGraphEntry {
  readonly StartTime: Date;
  readonly EndTime: Date;
  readonly Services: readonly GraphService[];
}

export interface GraphService {
  readonly ReferenceId: number;
  readonly Name: string;
  readonly Names?: readonly string[];
  readonly Root?: boolean;
  readonly AccountId?: string;
  readonly Type?: string;
  readonly State?: string;
  readonly StartTime?: Date;
  readonly EndTime?: Date;
  readonly Edges?: readonly GraphEdge[];
  readonly SummaryStatistics?: GraphStatistics;
  readonly DurationHistogram?: readonly HistogramEntry[];
  readonly ResponseTimeHistogram?: readonly HistogramEntry[];
}

export interface GraphEdge {
  readonly ReferenceId: number;
  readonly StartTime?: Date;
  readonly EndTime?: Date;
  readonly SummaryStatistics?: GraphStatistics;
  readonly ResponseTimeHistogram?: readonly HistogramEntry[];
  readonly ReceivedEventAgeHistogram?: readonly HistogramEntry[];
  readonly Aliases?: readonly { readonly Name?: string; readonly Names?: readonly string[]; readonly Type?: string }[];
  readonly EdgeType?: string;
}

export interface GraphStatistics {
  readonly OkCount?: number;
  readonly ErrorStatistics?: {
    readonly ThrottleCount?: number;
    readonly OtherCount?: number;
    readonly TotalCount?: number;
  };
  readonly FaultStatistics?: { readonly OtherCount?: number; readonly TotalCount?: number };
  readonly TotalCount?: number;
  /** Seconds, of all requests together. */
  readonly TotalResponseTime?: number;
}

/** So many requests took this long (seconds). */
export interface HistogramEntry {
  readonly Value: number;
  readonly Count: number;
}

export interface Trace {
  /** `1-xxxxxxxx-xxxxxxxxxxxxxxxxxxxxxxxx` */
  readonly Id: string;
  /** Seconds. */
  readonly Duration?: number;
  readonly LimitExceeded?: boolean;
  /** The document is an object; AWS serves it as JSON text. */
  readonly Segments: readonly { readonly Id: string; readonly Document: Readonly<Record<string, unknown>> }[];
}
