// One flow while it is being edited: what is written with its way back, what was read of it, what is wrong, what is chosen,
// and what goes to the server. Every part of the editor takes it from here.
import { useQuery } from "@tanstack/react-query";
import type { Flow, FlowDetail, FlowProblemShown } from "@yingda/contract";
import { createContext, useContext, useEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { call, routes } from "../../../api.ts";
import { queryKeys } from "../../../live/queries.ts";
import { refreshFlows } from "../flow-queries.ts";
import { readText, type TextRead } from "./flow-text.ts";
import { begin, type History, redo, undo, type Written, write } from "./history.ts";

export type Selected = { kind: "step" | "slot"; id: string } | null;
export type View = "canvas" | "list" | "slots" | "dialogues" | "settings" | "versions";
export type Side = "step" | "trial" | "yaml" | "problems";

export interface Editor {
  detail: FlowDetail;
  written: Written;
  /** The latest that could be read; what is drawn. */
  flow: Flow;
  broken: Extract<TextRead, { kind: "broken" }> | null;
  problems: readonly FlowProblemShown[];
  /** They hold no publishing back. */
  warnings: readonly FlowProblemShown[];
  canWrite: boolean;
  isDirty: boolean;
  canUndo: boolean;
  canRedo: boolean;
  selected: Selected;
  /** Steps that a trial has come by, the last one where it stands. */
  path: readonly string[];
  view: View;
  side: Side;
  /** A line of the YAML to be shown. */
  line: number | null;
  setYaml: (yaml: string, typing?: string) => void;
  setDialogues: (text: string, typing?: string) => void;
  undo: () => void;
  redo: () => void;
  select: (selected: Selected) => void;
  setPath: (path: readonly string[]) => void;
  setView: (view: View) => void;
  setSide: (side: Side) => void;
  showLine: (line: number) => void;
  /** Keeps what is written; @throws ApiError */
  save: () => Promise<FlowDetail>;
  /** Takes what the server now has. */
  take: (detail: FlowDetail) => void;
}

const EditorContext = createContext<Editor | null>(null);
export const EditorProvider = EditorContext.Provider;

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (editor === null) throw new Error("useEditor outside the editor of flows.");
  return editor;
}

const emptyFlow: Flow = {
  id: "",
  version: 1,
  name: { zh: "", en: "" },
  starts: { intents: [], phrases: { zh: [], en: [] } },
  idleSeconds: 600,
  slots: [],
  steps: [],
};
const checkAfterMs = 400;

function writtenOf({ draft, yaml, dialogues }: FlowDetail): Written {
  return { yaml: draft ?? yaml ?? "", dialogues };
}

export function useNewEditor(opened: FlowDetail, canWrite: boolean, firstView: View): Editor {
  const [detail, setDetail] = useState(opened);
  const [history, setHistory] = useState<History>(() => begin(writtenOf(opened)));
  const [selected, setSelected] = useState<Selected>(null);
  const [path, setPath] = useState<readonly string[]>([]);
  const [view, setView] = useState<View>(firstView);
  const [side, setSide] = useState<Side>("step");
  const [line, setLine] = useState<number | null>(null);
  const { now } = history;
  const read = useMemo(() => readText(now.yaml), [now.yaml]);
  const lastGood = useRef(emptyFlow);
  if (read.kind === "read") lastGood.current = read.flow;
  const saved = writtenOf(detail);
  const isDirty = saved.yaml !== now.yaml || saved.dialogues !== now.dialogues;
  const { problems, warnings } = useProblems(detail, now.yaml);
  const save = async () => {
    if (!isDirty) return detail;
    const body = { yaml: now.yaml, dialogues: now.dialogues, version: detail.version };
    const kept = await call(routes.saveFlowDraft, { params: { id: detail.id }, body });
    flushSync(() => setDetail(kept)); // whoever leaves now is not asked any more
    void refreshFlows();
    return kept;
  };
  return {
    detail,
    written: now,
    flow: lastGood.current,
    broken: read.kind === "broken" ? read : null,
    problems,
    warnings,
    canWrite,
    isDirty,
    canUndo: history.before.length > 0,
    canRedo: history.after.length > 0,
    selected,
    path,
    view,
    side,
    line,
    setYaml: (yaml, typing) => setHistory((one) => write(one, { ...one.now, yaml }, typing ?? null)),
    setDialogues: (dialogues, typing) =>
      setHistory((one) => write(one, { ...one.now, dialogues }, typing ?? null)),
    undo: () => setHistory(undo),
    redo: () => setHistory(redo),
    select: (next) => {
      setSelected(next);
      if (next !== null) setSide((shown) => (shown === "problems" ? "step" : shown));
    },
    setPath,
    setView,
    setSide,
    showLine: (next) => {
      setLine(next);
      setSide("yaml");
    },
    save,
    take: (next) => {
      setDetail(next);
      const text = writtenOf(next);
      // where the server's text is the one it was, as after a switch, what is being written stays
      if (text.yaml !== saved.yaml || text.dialogues !== saved.dialogues)
        setHistory((one) => write(one, text));
      void refreshFlows();
    },
  };
}

/** The server's list: of what was opened at once, of what is written a moment after the last key. */
function useProblems({ id, problems }: FlowDetail, yaml: string): Pick<Editor, "problems" | "warnings"> {
  const [asked, setAsked] = useState(yaml);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(yaml), checkAfterMs);
    return () => clearTimeout(timer);
  }, [yaml]);
  const checked = useQuery({
    queryKey: [...queryKeys.flows, "check", id, asked],
    queryFn: ({ signal }) => call(routes.checkFlow, { body: { id, yaml: asked }, signal }),
    gcTime: 10_000,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before ?? { problems, warnings: [] },
  });
  return checked.data ?? { problems, warnings: [] };
}
