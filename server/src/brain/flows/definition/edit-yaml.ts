// Changes single fields of a flow's YAML and leaves everything else as its author wrote it, comments as well.

import { isMap, parseDocument } from "yaml";

/** The text with these top-level fields set; unchanged where it cannot be parsed. */
export function setFields(yaml: string, fields: Record<string, unknown>): string {
  try {
    const document = parseDocument(yaml);
    if (document.errors.length > 0 || !isMap(document.contents)) return yaml;
    for (const [name, value] of Object.entries(fields)) document.set(name, value);
    return document.toString({ lineWidth: 0 });
  } catch {
    return yaml; // nested too deep
  }
}
