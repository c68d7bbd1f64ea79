// HTTP of flows. Registered by the room's routes.

import { routes } from "@yingda/contract";
import { requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { type HttpApp, register } from "../../../platform/http/index.ts";
import { shopFlowTools } from "../../tools/shop/flow-tools.ts";
import { checkPlaces, type PlacesOf } from "../definition/check-places.ts";
import { placeProblems } from "../definition/place-problems.ts";
import { flowText } from "./flow-texts.ts";
import { getFlow, listFlows, switchFlow } from "./flows.ts";
import { getFlowVersion, listFlowVersions, publishFlow, rollBackFlow } from "./publish-flow.ts";
import { runFlowDialogues, tryFlow } from "./try-flow.ts";
import { createFlow, deleteFlow, restoreFlow, saveFlowDraft } from "./write-flow.ts";

/** A text and its dialogues, each 300,000 characters of three bytes. */
const large = { bodyLimit: 2 * 1_024 * 1_024 };

export function flowRoutes(app: HttpApp, placesOf: PlacesOf): void {
  register(app, routes.listFlows, (ctx) => listFlows(ctx));
  register(app, routes.getFlow, (ctx, { params }) => getFlow(ctx, params.id));
  register(app, routes.createFlow, (ctx, { body }) => createFlow(ctx, body), large);
  register(app, routes.switchFlow, (ctx, { params, body }) => switchFlow(ctx, params.id, body.isOn));
  register(app, routes.saveFlowDraft, (ctx, { params, body }) => saveFlowDraft(ctx, params.id, body), large);
  register(app, routes.publishFlow, (ctx, { params, body }) => publishFlow(ctx, params.id, body, placesOf));
  register(app, routes.listFlowVersions, (ctx, { params }) => listFlowVersions(ctx, params.id));
  register(app, routes.getFlowVersion, (ctx, { params }) => getFlowVersion(ctx, params.id, params.number));
  register(app, routes.rollBackFlow, (ctx, { params, body }) =>
    rollBackFlow(ctx, params.id, { number: params.number, version: body.version }, placesOf),
  );
  register(app, routes.deleteFlow, (ctx, { params }) => deleteFlow(ctx, params.id));
  register(app, routes.restoreFlow, (ctx, { params }) => restoreFlow(ctx, params.id));
  register(app, routes.exportFlow, (ctx, { params }) => exportFlow(ctx, params.id));
  register(app, routes.checkFlow, (ctx, { body }) => checkText(ctx, body.id, body.yaml, placesOf), large);
  register(app, routes.listFlowTools, (ctx) => listFlowTools(ctx));
  register(app, routes.runFlowDialogues, (ctx, { body }) => runFlowDialogues(ctx, body), large);
  register(app, routes.tryFlow, (ctx, { body }) => tryFlow(ctx, body), large);
}

async function exportFlow(ctx: Ctx, id: string) {
  const { draft, yaml } = await getFlow(ctx, id);
  return {
    body: Buffer.from(draft ?? yaml ?? ""),
    name: `${id}.yaml`,
    type: "application/yaml; charset=utf-8",
  };
}

async function checkText(ctx: Ctx, id: string, yaml: string, placesOf: PlacesOf) {
  const text = flowText(id, yaml, true, await shopFlowTools(ctx));
  const { problems, warnings } = text.flow
    ? checkPlaces(text.flow, await placesOf(ctx))
    : { problems: [], warnings: [] };
  return {
    problems: placeProblems(yaml, [...text.problems, ...problems]),
    warnings: placeProblems(yaml, warnings),
  };
}

async function listFlowTools(ctx: Ctx) {
  requirePermission(ctx, "knowledge-read");
  return Object.entries(await shopFlowTools(ctx)).map(([name, { effect, about, input, output }]) => ({
    name,
    effect,
    about,
    input: Object.keys(input),
    output: Object.keys(output).map((field) => field.replace(/\?$/u, "")),
  }));
}
