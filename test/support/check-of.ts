/** Which refusal something ends with. */
import { isAppError } from '../../lib/errors.ts';

/** `none`, or the code; for a refused token `invalid_token: <what was wrong>`. Anything but a refusal is thrown on. */
export async function refusalOf(run: () => unknown): Promise<string> {
  try {
    await run();
    return 'none';
  } catch (error) {
    if (!isAppError(error)) throw error;
    const { check } = error.details;
    return typeof check === 'string' ? check.replace('authorization', error.code) : error.code;
  }
}
