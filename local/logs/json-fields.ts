/** Most fields that the service takes out of one JSON event (User Guide, "Supported logs and discovered fields"). */
const MAX_FIELDS = 200;

/**
 * The JSON object of a message: the whole message, or, where text before it is allowed, the first object inside.
 * `undefined` when there is none.
 */
export function readJsonObject(message: string, mayBeEmbedded: boolean): object | undefined {
  const start = mayBeEmbedded ? message.indexOf('{') : message.search(/\S/);
  if (start === -1 || message.charAt(start) !== '{') {
    return undefined;
  }
  const end = message.lastIndexOf('}');
  try {
    const parsed: unknown = JSON.parse(message.slice(start, mayBeEmbedded ? end + 1 : undefined));
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** The value under a dotted name (`a.b.0`); a key that itself has dots is found too. */
export function valueAt(container: unknown, name: string): unknown {
  if (typeof container !== 'object' || container === null) {
    return undefined;
  }
  if (Object.hasOwn(container, name)) {
    return Reflect.get(container, name);
  }
  for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) {
    const head = name.slice(0, dot);
    const found = Object.hasOwn(container, head)
      ? valueAt(Reflect.get(container, head), name.slice(dot + 1))
      : undefined;
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** The scalar fields of a JSON object under their dotted names, up to the service's limit. */
export function flattenFields(root: object): Map<string, string | number | boolean> {
  const fields = new Map<string, string | number | boolean>();
  const visit = (value: unknown, name: string): void => {
    if (fields.size >= MAX_FIELDS) {
      return;
    }
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      fields.set(name, value);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        visit(inner, name === '' ? key : `${name}.${key}`);
      }
    }
  };
  visit(root, '');
  return fields;
}
