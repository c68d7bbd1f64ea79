// Where the steps stand on the canvas: a place that was kept in the text, else one found in layers from top to bottom.
import { layout as arrange, Graph } from "@dagrejs/dagre";
import { branchesOfStep, type Flow } from "@yingda/contract";

export const nodeSize = { width: 232, height: 92 } as const;

/** The upper left corner of every step. Same flow, same places. */
export function placesOf(flow: Flow): Map<string, { x: number; y: number }> {
  const graph = new Graph();
  graph.setGraph({ rankdir: "TB", nodesep: 36, ranksep: 64 });
  graph.setDefaultEdgeLabel(() => ({}));
  const ids = new Set(flow.steps.map(({ id }) => id));
  for (const id of ids) graph.setNode(id, { ...nodeSize });
  for (const step of flow.steps)
    for (const { to } of branchesOfStep(step))
      if (to !== undefined && ids.has(to) && to !== step.id) graph.setEdge(step.id, to);
  arrange(graph);
  return new Map(
    flow.steps.map(({ id, at }) => {
      const found = graph.node(id) as { x?: number; y?: number } | undefined;
      const x = (found?.x ?? 0) - nodeSize.width / 2;
      const y = (found?.y ?? 0) - nodeSize.height / 2;
      return [id, at ?? { x: Math.round(x), y: Math.round(y) }];
    }),
  );
}
