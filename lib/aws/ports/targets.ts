/** Where a question is asked. Accounts come from the server's allow-list only, never from an argument's ARN or role. */

export interface Target {
  /** Alias out of the allow-list, or `default`. */
  readonly account: string;
  /** 12 digits, where configuration or AWS has told it. */
  readonly accountId?: string;
  readonly region: string;
}

/** The arguments that choose targets, as they stand in a tool's input. */
export interface TargetSelector {
  readonly region?: string | undefined;
  readonly account?: string | undefined;
  readonly regions?: readonly string[] | undefined;
  readonly accounts?: readonly string[] | undefined;
}

/** Accounts × regions of one call; a fan-out of calls that cost money is not wider. */
export const MAX_TARGETS = 50;
/** Of a tool that mostly asks for one free answer each, e.g. which alarms fire. */
export const MAX_WIDE_TARGETS = 400;

export interface Targets {
  readonly defaultAccount: string;
  readonly defaultRegion: string;
  /** Regions that may be asked, by name. */
  readonly regions: readonly string[];
  readonly accounts: readonly { readonly alias: string; readonly id?: string }[];
  /**
   * The one target of a call.
   * @throws AppError `invalid_input` for a region or account that does not exist or is not allowed; near names are suggested.
   */
  one(selector: TargetSelector): Target;
  /**
   * All targets of a call: `regions` × `accounts`, each a list or `['all']`; without them the same as {@link one}.
   * @param maxTargets default: 50
   */
  many(selector: TargetSelector, maxTargets?: number): readonly Target[];
  /**
   * The target that an ARN names (its region; its account if it is in the allow-list).
   * @throws AppError `invalid_input` when the account or region of the ARN may not be asked, or contradicts the selector.
   */
  ofArn(arn: string, selector: TargetSelector): Target;
  /** The same, with another account for calls that name none. */
  withDefault(account: string): Targets;
}
