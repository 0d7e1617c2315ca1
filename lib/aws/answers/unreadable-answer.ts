/** An answer with a good status that is not what the service promises, in the shape of the SDK's errors. What it held stays out. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';
  readonly $metadata: { readonly httpStatusCode?: number; readonly requestId?: string };

  /** @param problem for the log; names of members, nothing foreign */
  constructor(problem: string, metadata: UnreadableAnswer['$metadata'] = {}) {
    super(problem);
    this.$metadata = metadata;
  }
}
