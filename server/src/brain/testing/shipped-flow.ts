// The text of a flow that ships, for tests of other rooms that change it.

import { readFlows } from "@yingda/templates";

/** @throws Error where none of that id ships. */
export function shippedFlow(id: string): string {
  const found = readFlows().find(({ name }) => name === id);
  if (found === undefined) throw new Error(`no flow ${id} ships`);
  return found.text;
}
