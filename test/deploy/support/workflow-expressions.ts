/** As much of GitHub's expressions as the workflows of this project use; anything else is an error. */

type Context = Readonly<Record<string, string>>;

const KNOWN = /^(inputs\.\w+|steps\.\w+\.outputs\.\w+|job\.status)$/;

/** `${{ inputs.region }}` → its value; a step that did not run has empty outputs, as on GitHub. */
export function resolveExpressions(text: string, context: Context): string {
  return text.replaceAll(/\$\{\{\s*(.+?)\s*\}\}/g, (_all, expression: string) => lookUp(expression, context));
}

/** The `if` of a step. Without one, or without a status function in it, a step runs only while nothing has failed. */
export function evaluateCondition(condition: string | undefined, hasFailed: boolean, context: Context): boolean {
  if (condition === undefined) return !hasFailed;
  const terms = condition.split(' && ').map((term) => term.trim());
  const hasStatus = terms.some((term) => /^(failure|always|success)\(\)$/.test(term));
  return (hasStatus || !hasFailed) && terms.every((term) => evaluateTerm(term, hasFailed, context));
}

function evaluateTerm(term: string, hasFailed: boolean, context: Context): boolean {
  if (term === 'always()') return true;
  if (term === 'failure()') return hasFailed;
  if (term === 'success()') return !hasFailed;
  const [, left = '', operator, right = ''] = /^(\S+) (==|!=) '([^']*)'$/.exec(term) ?? [];
  if (operator === undefined) throw new Error(`The condition "${term}" is not known here.`);
  return (lookUp(left, context) === right) === (operator === '==');
}

function lookUp(expression: string, context: Context): string {
  if (!KNOWN.test(expression)) throw new Error(`The expression "${expression}" is not known here.`);
  return context[expression] ?? '';
}
