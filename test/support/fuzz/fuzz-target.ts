/** One kind of thing that comes from outside, made by lot. */
export interface FuzzTarget {
  readonly name: string;
  /** Makes one input and lets the program have it; what is wrong with its answer in words, undefined where nothing is. */
  run(random: () => number): Promise<string | undefined>;
  close(): Promise<void>;
}
