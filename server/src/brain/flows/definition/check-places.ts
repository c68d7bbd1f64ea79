// Where a flow hands over to: queues that the shop has, skills that somebody in it has. Looked at only when a flow is written
// or published: one that runs already goes into the usual queue when its own is no more.
import { skillKey } from "@yingda/contract";
import type { Ctx } from "../../../platform/context.ts";
import type { Flow } from "./flow.ts";
import type { FlowProblem } from "./problems.ts";

/** What the shop has, by name. */
export interface Places {
  queues: readonly string[];
  skills: readonly string[];
}
/** Routing's affair, which this room does not see: whoever registers the routes hands it in. */
export type PlacesOf = (ctx: Ctx) => Promise<Places>;

/** Problems hold a publishing back, warnings do not: with a skill that nobody has, anybody is asked. */
export function checkPlaces(
  flow: Flow,
  { queues, skills }: Places,
): { problems: FlowProblem[]; warnings: FlowProblem[] } {
  const knownQueues = new Set(queues.map((name) => name.toLowerCase()));
  const knownSkills = new Set(skills.map(skillKey));
  const handOvers = flow.steps.filter((step) => step.kind === "hand-over");
  return {
    problems: handOvers.flatMap(({ id, queue }): FlowProblem[] =>
      queue === undefined || knownQueues.has(queue.toLowerCase())
        ? []
        : [{ kind: "unknown-queue", step: id, queue }],
    ),
    warnings: handOvers.flatMap(({ id, skills: wanted }) =>
      wanted
        .filter((skill) => !knownSkills.has(skillKey(skill)))
        .map((skill): FlowProblem => ({ kind: "unknown-skill", step: id, skill })),
    ),
  };
}
