/** What tools ask about dashboards. They belong to an account, not to a region: every region gives the same. */

export interface DashboardEntry {
  readonly name: string;
  readonly sizeBytes: number;
  /** Undefined where the service does not say. */
  readonly modifiedEpochMs?: number;
}

export interface DashboardList {
  readonly entries: readonly DashboardEntry[];
  /** There are more than were read. */
  readonly isTruncated: boolean;
}

export interface ListDashboardsRequest {
  readonly namePrefix?: string;
  /** Pages of 1,000 are read until this many are there. */
  readonly maxEntries: number;
  /** Asked before each further page. */
  readonly hasTime?: () => boolean;
}

export interface StoredDashboard {
  readonly name: string;
  /** JSON, as whoever made the dashboard wrote it. */
  readonly body: string;
  /** The account that it belongs to, where its ARN says so. */
  readonly accountId?: string;
}

export interface DashboardsPort {
  listDashboards(request: ListDashboardsRequest, signal: AbortSignal): Promise<DashboardList>;
  /** @throws AppError `not_found` for a name that no dashboard has */
  getDashboard(name: string, signal: AbortSignal): Promise<StoredDashboard>;
}
