// Everything that the flow asks for.
import { Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Icon } from "../../../components/Icon.tsx";
import { EmptyState } from "../../../components/states.tsx";
import { useFlowName } from "../use-flow-name.ts";
import { addSlot } from "./change-steps.ts";
import { useEditor } from "./use-editor.ts";

export function SlotList() {
  const { t } = useTranslation();
  const nameOf = useFlowName();
  const editor = useEditor();
  const { flow, written, selected, canWrite } = editor;
  const add = () => {
    const { yaml, id } = addSlot(written.yaml, flow);
    editor.setYaml(yaml);
    editor.select({ kind: "slot", id });
  };
  return (
    <div className="stack">
      {flow.slots.length === 0 ? (
        <EmptyState icon="help" title={t("flows.slot.empty")} isSmall />
      ) : (
        <ul className="plain-list flow-list">
          {flow.slots.map((slot) => (
            <li key={slot.id} className={selected?.id === slot.id ? "flow-list-on" : ""}>
              <button
                type="button"
                className="list-button"
                onClick={() => editor.select({ kind: "slot", id: slot.id })}
              >
                <strong>{nameOf(slot.label) || slot.id}</strong>{" "}
                <Tag>{t(`flows.slot.types.${slot.type}`)}</Tag>
                <span className="soft flow-list-line">{nameOf(slot.question)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {canWrite ? (
        <div>
          <Button icon={<Icon name="plus" size={14} />} onClick={add}>
            {t("flows.slot.add")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
