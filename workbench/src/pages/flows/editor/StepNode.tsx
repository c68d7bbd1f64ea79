// A step on the canvas: its kind, what it says or asks, a mark where something is wrong, a dot per way out.
import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { memo } from "react";
import { Icon, type IconName } from "../../../components/Icon.tsx";
import type { StepKind } from "./flow-text.ts";

export const kindIcons: Record<StepKind, IconName> = {
  say: "note",
  ask: "help",
  choose: "list",
  condition: "merge",
  lookup: "search",
  do: "bolt",
  set: "pencil",
  wait: "hours",
  "hand-over": "person",
  "ask-for-ticket": "tag",
  end: "check",
};

export type StepNodeType = Node<
  {
    kind: StepKind;
    kindName: string;
    gist: string;
    isFirst: boolean;
    firstWord: string;
    isPassed: boolean;
    isCurrent: boolean;
    problemCount: number;
    ways: { key: string; isOpen: boolean }[];
  },
  "step"
>;

export const StepNode = memo(function StepNode({ data, selected }: NodeProps<StepNodeType>) {
  const classes = [
    "flow-node",
    `flow-node-${data.kind}`,
    selected ? "flow-node-on" : "",
    data.isPassed ? "flow-node-passed" : "",
    data.isCurrent ? "flow-node-current" : "",
  ];
  return (
    <div className={classes.filter(Boolean).join(" ")}>
      <Handle type="target" position={Position.Top} />
      <p className="flow-node-kind">
        <Icon name={kindIcons[data.kind]} size={14} />
        <span>{data.kindName}</span>
        {data.isFirst ? <span className="flow-node-first">{data.firstWord}</span> : null}
        {data.problemCount > 0 ? <span className="flow-node-problems">{data.problemCount}</span> : null}
      </p>
      <p className="flow-node-gist">{data.gist}</p>
      {data.ways.map(({ key, isOpen }, at) => (
        <Handle
          key={key}
          id={key}
          type="source"
          position={Position.Bottom}
          className={isOpen ? "flow-way-open" : ""}
          style={{ left: `${String(((at + 1) * 100) / (data.ways.length + 1))}%` }}
        />
      ))}
    </div>
  );
});
