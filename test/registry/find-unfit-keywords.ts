/**
 * JSON Schema that some client cannot send or some model provider drops: references, unions, nulls, maps, tuples,
 * lists without item type, values that are not described. Gemini and OpenAI set the limits here.
 */
const UNFIT = [
  '$ref',
  '$defs',
  'anyOf',
  'oneOf',
  'allOf',
  'not',
  'prefixItems',
  'patternProperties',
  'propertyNames',
  'if',
  // google-genai converts no schema that holds it, and the server refuses what it does not know anyway.
  'additionalProperties',
];

/** The paths of everything unfit, e.g. `properties.queries.items: anyOf`. */
export function findUnfitKeywords(schema: unknown, path = '', isNamed = false): string[] {
  if (schema === null || typeof schema !== 'object' || Array.isArray(schema)) return [`${path}: not a schema`];
  const node = schema as Readonly<Record<string, unknown>>;
  const found = UNFIT.filter((keyword) => keyword in node).map((keyword) => `${path}: ${keyword}`);
  if (typeof node.type !== 'string' || node.type === 'null') found.push(`${path}: type ${JSON.stringify(node.type)}`);
  if (isNamed && typeof node.description !== 'string') found.push(`${path}: no description`);
  if (node.type === 'array')
    found.push(
      ...('maxItems' in node ? [] : [`${path}: no maxItems`]),
      ...findUnfitKeywords(node.items, `${path}.items`),
    );
  if (node.type === 'integer' && !('minimum' in node && 'maximum' in node)) found.push(`${path}: no bounds`);
  if (node.type === 'string' && !('maxLength' in node || 'enum' in node)) found.push(`${path}: no maxLength`);
  if (Array.isArray(node.enum) && node.enum.some((value) => typeof value !== 'string'))
    found.push(`${path}: enum of other than strings`);
  if (node.type === 'object') {
    if (node.properties === undefined) found.push(`${path}: a map`);
    for (const [name, member] of Object.entries(node.properties ?? {}))
      found.push(...findUnfitKeywords(member, `${path}.${name}`, path === ''));
  }
  return found;
}
