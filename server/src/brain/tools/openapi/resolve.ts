// References inside an OpenAPI description: "#/components/schemas/Order". Only within the document: a reference to a file or
// an address is refused. Each is followed where it is needed, so a schema that contains itself costs nothing.

const longestChain = 20;

type Json = Record<string, unknown>;

/** The value, with a reference on top of it followed; null for what cannot be. */
export function follow(document: Json, value: unknown): Json | null {
  let now = value;
  for (let steps = 0; steps < longestChain; steps += 1) {
    if (typeof now !== "object" || now === null || Array.isArray(now)) return null;
    const { $ref: reference } = now as Json;
    if (typeof reference !== "string") return now as Json;
    if (!reference.startsWith("#/")) return null;
    now = pointed(document, reference.slice(2));
  }
  return null;
}

function pointed(document: Json, pointer: string): unknown {
  return pointer.split("/").reduce<unknown>((value, part) => {
    const name = decoded(part).replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    return (value as Json)[name];
  }, document);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
