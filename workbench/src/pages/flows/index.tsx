// Flows: the list of all, and behind /flows/<id> the editor of one, which loads by itself (the canvas is large).
import { useNavigate, useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { BlockSkeleton } from "../../components/states.tsx";
import { FlowList } from "./FlowList.tsx";
import "./flows.css";

const FlowEditor = lazy(() => import("./editor/FlowEditor.tsx"));

export default function FlowsPage() {
  const navigate = useNavigate();
  const id = (useParams({ strict: false }) as { _splat?: string })._splat ?? "";
  const open = (next: string) => void navigate({ to: next === "" ? "/flows" : `/flows/${next}` });
  if (id === "") return <FlowList onOpen={open} />;
  return (
    <Suspense
      fallback={
        <div className="page">
          <BlockSkeleton />
        </div>
      }
    >
      <FlowEditor key={id} id={id} onLeave={() => open("")} />
    </Suspense>
  );
}
