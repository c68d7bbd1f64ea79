// The flow as YAML: the same thing as the canvas. Numbers beside the lines, those with a problem marked.
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useEditor } from "./use-editor.ts";

const lineHeight = 20; // px, as in flows.css

export function YamlPane() {
  const { t } = useTranslation();
  const editor = useEditor();
  const { written, problems, canWrite, broken, line } = editor;
  const text = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const count = written.yaml.split("\n").length;
  const marked = new Set([...problems.map((problem) => problem.line), broken?.line ?? null]);
  useEffect(() => {
    const area = text.current;
    if (line === null || area === null) return;
    const before = area.value.split("\n").slice(0, line - 1);
    const start = before.reduce((sum, each) => sum + each.length + 1, 0);
    const end = area.value.indexOf("\n", start);
    area.focus();
    area.setSelectionRange(start, end < 0 ? area.value.length : end);
    area.scrollTop = Math.max(0, (line - 5) * lineHeight);
  }, [line]);
  return (
    <div className="stack">
      {broken ? (
        <p className="problem" role="alert">
          {broken.line === null
            ? t("flows.editor.brokenAnywhere")
            : t("flows.editor.broken", { line: broken.line })}
        </p>
      ) : null}
      <div className="flow-yaml">
        <div className="flow-yaml-gutter" ref={gutter} aria-hidden="true">
          {Array.from({ length: count }, (_, at) => (
            <div key={`line-${String(at)}`} className={marked.has(at + 1) ? "flow-yaml-bad" : ""}>
              {at + 1}
            </div>
          ))}
        </div>
        <textarea
          ref={text}
          aria-label={t("flows.editor.yaml")}
          spellCheck={false}
          wrap="off"
          readOnly={!canWrite}
          value={written.yaml}
          onChange={(event) => editor.setYaml(event.target.value, "yaml")}
          onScroll={(event) => {
            if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop;
          }}
        />
      </div>
    </div>
  );
}
