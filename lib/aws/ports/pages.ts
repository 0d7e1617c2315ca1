/**
 * The pages of a list, read as long as the caller goes on asking.
 * @returns whether the list came to its end; false where the service began to repeat itself or gave nothing for long
 */
export type Pages<Item> = AsyncGenerator<readonly Item[], boolean, void>;
