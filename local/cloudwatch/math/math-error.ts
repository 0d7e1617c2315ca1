/** What is wrong inside one expression; the evaluation of a query puts the query's Id before it and makes it a ValidationError. */
export class MathError extends Error {
  override readonly name = 'MathError';
}
