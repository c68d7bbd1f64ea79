// The flow as a drawing: a card per step, a line per way. Cards are dragged, lines drawn from a card's lower edge; both can
// be done by keyboard in the list of steps as well.
import {
  applyNodeChanges,
  Background,
  type Connection,
  Controls,
  type Edge,
  MarkerType,
  type NodeChange,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import { useQuery } from "@tanstack/react-query";
import { branchesOfStep } from "@yingda/contract";
import { Button } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { flowToolsQuery } from "../flow-queries.ts";
import { useFlowName } from "../use-flow-name.ts";
import { AddStep } from "./AddStep.tsx";
import { connect, deleteStep, moveStep, tidyUp } from "./change-steps.ts";
import { nodeSize, placesOf } from "./layout.ts";
import { StepNode, type StepNodeType } from "./StepNode.tsx";
import { branchName, stepGist } from "./step-title.ts";
import { useEditor } from "./use-editor.ts";

const nodeTypes = { step: StepNode };

export default function Canvas() {
  return (
    <ReactFlowProvider>
      <Drawing />
    </ReactFlowProvider>
  );
}

function Drawing() {
  const { t } = useTranslation();
  const nameOf = useFlowName();
  const tools = useQuery(flowToolsQuery).data;
  const editor = useEditor();
  const { flow, written, selected, path, problems, canWrite, broken } = editor;
  const { fitView, setCenter, getZoom } = useReactFlow();
  const places = useMemo(() => placesOf(flow), [flow]);
  const wanted = useMemo(() => {
    const naming = { t, nameOf, tools };
    return flow.steps.map((step, index): StepNodeType => {
      const count = problems.filter((problem) => problem.step === step.id).length;
      const isSelected = selected?.kind === "step" && selected.id === step.id;
      return {
        id: step.id,
        type: "step",
        position: places.get(step.id) ?? { x: 0, y: 0 },
        selected: isSelected,
        ariaLabel: `${t(`flows.step.kinds.${step.kind}`)} ${stepGist(step, flow, naming)}`,
        data: {
          kind: step.kind,
          kindName: t(`flows.step.kinds.${step.kind}`),
          gist: stepGist(step, flow, naming) || t("flows.step.empty"),
          isFirst: index === 0,
          firstWord: t("flows.step.first"),
          isPassed: path.includes(step.id),
          isCurrent: path.at(-1) === step.id,
          problemCount: count,
          ways: branchesOfStep(step).map((branch) => ({
            key: branch.path.join("."),
            isOpen: branch.to === undefined && !branch.isOptional,
          })),
        },
      };
    });
  }, [flow, places, selected, path, problems, nameOf, t, tools]);
  const [nodes, setNodes] = useState(wanted);
  useEffect(() => setNodes(wanted), [wanted]);
  const edges = useMemo(
    () =>
      flow.steps.flatMap((step) =>
        branchesOfStep(step).flatMap((branch): Edge[] => {
          if (branch.to === undefined || !places.has(branch.to)) return [];
          const key = branch.path.join(".");
          const isPassed = path.some((id, at) => id === step.id && path[at + 1] === branch.to);
          const isPlain = branch.name === "next" && !["lookup", "do", "wait"].includes(step.kind);
          return [
            {
              id: `${step.id}/${key}`,
              source: step.id,
              sourceHandle: key,
              target: branch.to,
              label: isPlain ? undefined : branchName(step, branch, { t, nameOf }),
              className: isPassed ? "flow-edge flow-edge-passed" : "flow-edge",
              markerEnd: { type: MarkerType.ArrowClosed },
              type: "smoothstep",
            },
          ];
        }),
      ),
    [flow, places, path, nameOf, t],
  );
  const chosen = selected?.kind === "step" ? selected.id : null;
  const centred = useRef<string | null>(null);
  useEffect(() => {
    const isSame = centred.current === chosen; // moved or written in, not chosen anew
    centred.current = chosen;
    const place = chosen === null || isSame ? undefined : places.get(chosen);
    if (place === undefined) return;
    const centre = { x: place.x + nodeSize.width / 2, y: place.y + nodeSize.height / 2 };
    void setCenter(centre.x, centre.y, { zoom: Math.max(getZoom(), 0.7), duration: 150 });
  }, [chosen, places, setCenter, getZoom]);

  const onNodesChange = (changes: NodeChange<StepNodeType>[]) => {
    setNodes((before) => applyNodeChanges(changes, before));
    const picked = changes.find((change) => change.type === "select" && change.selected);
    if (picked?.type === "select") editor.select({ kind: "step", id: picked.id });
  };
  const onConnect = ({ source, sourceHandle, target }: Connection) => {
    if (sourceHandle === null) return;
    editor.setYaml(connect(written.yaml, { id: source, path: pathOf(sourceHandle) }, target));
  };
  return (
    <div className="flow-canvas">
      {broken ? (
        <p className="flow-broken" role="alert">
          {broken.line === null
            ? t("flows.editor.brokenAnywhere")
            : t("flows.editor.broken", { line: broken.line })}
        </p>
      ) : null}
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        onNodesChange={onNodesChange}
        onConnect={onConnect}
        onNodeDragStop={(_event, node) =>
          canWrite && editor.setYaml(moveStep(written.yaml, node.id, node.position))
        }
        onNodesDelete={(gone) =>
          editor.setYaml(gone.reduce((yaml, { id }) => deleteStep(yaml, flow, id), written.yaml))
        }
        onEdgesDelete={(gone) =>
          editor.setYaml(
            gone.reduce(
              (yaml, { source, sourceHandle }) =>
                sourceHandle ? connect(yaml, { id: source, path: pathOf(sourceHandle) }, undefined) : yaml,
              written.yaml,
            ),
          )
        }
        onPaneClick={() => editor.select(null)}
        onInit={() => void fitView({ maxZoom: 0.9, minZoom: 0.5, padding: 0.12 })}
        nodesDraggable={canWrite && broken === null}
        nodesConnectable={canWrite && broken === null}
        deleteKeyCode={canWrite && broken === null ? ["Delete", "Backspace"] : null}
        minZoom={0.15}
        ariaLabelConfig={{
          "controls.ariaLabel": t("flows.canvas.controls"),
          "controls.zoomIn.ariaLabel": t("flows.canvas.zoomIn"),
          "controls.zoomOut.ariaLabel": t("flows.canvas.zoomOut"),
          "controls.fitView.ariaLabel": t("flows.canvas.fit"),
          "node.a11yDescription.default": t("flows.canvas.nodeHelp"),
          "node.a11yDescription.keyboardDisabled": t("flows.canvas.nodeHelp"),
          "edge.a11yDescription.default": t("flows.canvas.edgeHelp"),
          "handle.ariaLabel": t("flows.canvas.handle"),
        }}
      >
        <Background gap={22} />
        <Controls showInteractive={false} />
      </ReactFlow>
      {canWrite ? (
        <div className="flow-canvas-tools">
          <AddStep />
          <Button size="small" onClick={() => editor.setYaml(tidyUp(written.yaml))}>
            {t("flows.step.tidy")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function pathOf(handle: string): (string | number)[] {
  return handle.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
