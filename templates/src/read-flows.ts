// The flows that ship, and their scripted dialogues, as the YAML texts they are. Reading YAML is the server's: this
// package has no parser, and the text is what an owner sees and may change.

import { readdirSync, readFileSync } from "node:fs";

export interface FlowFile {
  /** Name of the file without its ending: the flow's id. */
  name: string;
  /** YAML. */
  text: string;
}

const folder = new URL("../flows/", import.meta.url);

/** Every flow that ships, by name. */
export function readFlows(): FlowFile[] {
  return yamlFilesIn(folder);
}

/** The regression dialogues of the shipped flows; a file has the name of its flow. */
export function readFlowDialogues(): FlowFile[] {
  return yamlFilesIn(new URL("dialogues/", folder));
}

function yamlFilesIn(place: URL): FlowFile[] {
  return readdirSync(place)
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .map((file) => ({
      name: file.slice(0, -".yaml".length),
      text: readFileSync(new URL(file, place), "utf8"),
    }));
}
