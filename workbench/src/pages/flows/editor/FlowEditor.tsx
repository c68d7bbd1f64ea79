// The editor of one flow: the canvas or another view of it, beside it the form of what is chosen, a trial, the YAML or the
// list of problems. All of them show the same text.
import { useQuery } from "@tanstack/react-query";
import type { FlowDetail } from "@yingda/contract";
import { type KeyboardEvent, lazy, Suspense, useEffect } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { usePageTitle } from "../../../components/Page.tsx";
import { BlockSkeleton, ErrorState } from "../../../components/states.tsx";
import { TabStrip } from "../../../components/TabStrip.tsx";
import { useIsPhone } from "../../../components/use-media.ts";
import { queryKeys } from "../../../live/queries.ts";
import { useCan } from "../../../live/session.ts";
import { useLeave } from "../../knowledge/editor/LeaveDialog.tsx";
import { useFlowName } from "../use-flow-name.ts";
import { DialoguesView } from "./DialoguesView.tsx";
import { EditorHead } from "./EditorHead.tsx";
import { ProblemsPane } from "./ProblemsPane.tsx";
import { SettingsView } from "./SettingsView.tsx";
import { SidePane } from "./SidePane.tsx";
import { SlotList } from "./SlotList.tsx";
import { StepList } from "./StepList.tsx";
import { TrialPane } from "./TrialPane.tsx";
import { EditorProvider, type Side, useNewEditor, type View } from "./use-editor.ts";
import { VersionsView } from "./VersionsView.tsx";
import { YamlPane } from "./YamlPane.tsx";

const Canvas = lazy(() => import("./Canvas.tsx"));

type EditorProps = { id: string; onLeave: () => void };

export default function FlowEditor({ id, onLeave }: EditorProps) {
  const canWrite = useCan("knowledge-write");
  const flow = useQuery({
    queryKey: [...queryKeys.flows, "one", id],
    queryFn: ({ signal }) => call(routes.getFlow, { params: { id }, signal }),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  if (flow.isPending || flow.error)
    return (
      <div className="page">
        <div className="page-inner">
          {flow.error ? <ErrorState error={flow.error} onRetry={flow.refetch} /> : <BlockSkeleton />}
        </div>
      </div>
    );
  return <OpenedFlow opened={flow.data} canWrite={canWrite} onLeave={onLeave} />;
}

type OpenedProps = { opened: FlowDetail; canWrite: boolean; onLeave: () => void };

function OpenedFlow({ opened, canWrite, onLeave }: OpenedProps) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const editor = useNewEditor(opened, canWrite, isPhone ? "list" : "canvas");
  const nameOf = useFlowName();
  const leave = useLeave(editor.isDirty, onLeave);
  usePageTitle(nameOf(editor.flow.name) || opened.id);
  const { view, side, setView, setSide, problems, selected } = editor;
  // there the form stands below the list
  useEffect(() => {
    if (isPhone && selected !== null) document.getElementById("flow-beside")?.scrollIntoView();
  }, [isPhone, selected]);
  // on a phone the list is for writing and the canvas for looking
  const names: View[] = isPhone
    ? ["list", "canvas", "slots", "dialogues", "settings", "versions"]
    : ["canvas", "list", "slots", "dialogues", "settings", "versions"];
  const sides: Side[] = ["step", "trial", "yaml", "problems"];
  const onKey = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey)) return;
    const isTyping = event.target instanceof HTMLElement && event.target.matches("input, textarea");
    const key = event.key.toLowerCase();
    if (key === "s") {
      event.preventDefault();
      // a field gives its words when it is left
      if (event.target instanceof HTMLElement) flushSync(() => (event.target as HTMLElement).blur());
      document.getElementById("flow-save")?.click();
    } else if (!isTyping && (key === "z" || key === "y")) {
      event.preventDefault();
      if (key === "y" || event.shiftKey) editor.redo();
      else editor.undo();
    }
  };
  return (
    <EditorProvider value={editor}>
      <section className="flow-editor" aria-label={nameOf(editor.flow.name)} onKeyDown={onKey}>
        <EditorHead onLeave={onLeave} />
        {leave.dialog}
        <div className="flow-editor-body">
          <div className="flow-main">
            <TabStrip
              label={t("flows.editor.views")}
              tabs={names.map((key) => ({ key, label: t(`flows.editor.${key}`) }))}
              chosen={view}
              controls="flow-view"
              onChoose={setView}
            />
            <div id="flow-view" className={view === "canvas" ? "flow-view flow-view-full" : "flow-view"}>
              <Shown view={view} />
            </div>
          </div>
          <aside className="flow-side" aria-label={t("flows.editor.side")}>
            <TabStrip
              label={t("flows.editor.side")}
              tabs={sides.map((key) => ({
                key,
                label: t(`flows.editor.${key}`),
                count: key === "problems" && problems.length > 0 ? problems.length : null,
                isAlert: true,
              }))}
              chosen={side}
              controls="flow-beside"
              onChoose={setSide}
            />
            <div id="flow-beside" className="flow-beside">
              {side === "step" ? <SidePane /> : null}
              {/* a trial goes on where it was */}
              <div hidden={side !== "trial"}>
                <TrialPane />
              </div>
              {side === "yaml" ? <YamlPane /> : null}
              {side === "problems" ? <ProblemsPane /> : null}
            </div>
          </aside>
        </div>
      </section>
    </EditorProvider>
  );
}

function Shown({ view }: { view: View }) {
  switch (view) {
    case "canvas":
      return (
        <Suspense fallback={<BlockSkeleton />}>
          <Canvas />
        </Suspense>
      );
    case "list":
      return <StepList />;
    case "slots":
      return <SlotList />;
    case "dialogues":
      return <DialoguesView />;
    case "settings":
      return <SettingsView />;
    case "versions":
      return <VersionsView />;
    default:
      return view satisfies never;
  }
}
