// Names for statements that are asked again and again, so that the server parses and plans them once per connection
// (a third less work on both sides). A text earns its name by being repeated; the number of names is limited, because
// each one costs memory on every connection.
import { createHash } from "node:crypto";

const repeatsBeforeNaming = 3;
const mostNames = 400;
const mostTexts = 4000; // texts built from pieces could go on for ever

export interface StatementNames {
  /** The name to prepare this text under; undefined while it is not worth one. */
  nameFor(text: string): string | undefined;
}

export function statementNames(): StatementNames {
  const seen = new Map<string, { repeats: number; name: string | undefined }>();
  let named = 0;
  return {
    nameFor(text) {
      const known = seen.get(text);
      if (!known) {
        if (seen.size < mostTexts) seen.set(text, { repeats: 1, name: undefined });
        return undefined;
      }
      known.repeats += 1;
      if (known.name === undefined && known.repeats > repeatsBeforeNaming && named < mostNames) {
        named += 1;
        known.name = `t${createHash("sha256").update(text).digest("base64url").slice(0, 20)}`;
      }
      return known.name;
    },
  };
}
