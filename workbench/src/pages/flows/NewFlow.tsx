// A new flow: blank with its names, or a text that was exported. Either is a draft that opens in the editor.
import { Button, Input, Modal } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Field } from "../../components/Field.tsx";
import { Icon } from "../../components/Icon.tsx";
import { textOfFile } from "../../components/text-of-file.ts";
import { useAct } from "../../components/use-act.ts";
import { refreshFlows } from "./flow-queries.ts";

export function NewFlow({ onOpen }: { onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const picker = useRef<HTMLInputElement>(null);
  const [name, setName] = useState<{ zh: string; en: string } | null>(null);
  const create = (body: { name: { zh: string; en: string } } | { yaml: string }, doneText?: string) =>
    act.run(async () => {
      const { id } = await call(routes.createFlow, { body });
      await refreshFlows();
      setName(null);
      onOpen(id);
    }, doneText);
  return (
    <>
      <input
        ref={picker}
        type="file"
        hidden
        accept=".yaml,.yml,application/yaml,text/yaml"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) void textOfFile(file).then((yaml) => create({ yaml }, t("flows.importDone")));
        }}
      />
      <Button icon={<Icon name="upload" size={16} />} onClick={() => picker.current?.click()}>
        {t("flows.import")}
      </Button>
      <Button
        type="primary"
        icon={<Icon name="plus" size={16} />}
        onClick={() => setName({ zh: "", en: "" })}
      >
        {t("flows.add")}
      </Button>
      <Modal
        open={name !== null}
        title={t("flows.addBlank")}
        okText={t("flows.create")}
        cancelText={t("common.cancel")}
        okButtonProps={{ disabled: !name?.zh.trim() && !name?.en.trim(), loading: act.isBusy }}
        onOk={() => {
          if (name === null) return;
          const zh = name.zh.trim() || name.en.trim();
          void create({ name: { zh, en: name.en.trim() || zh } });
        }}
        onCancel={() => setName(null)}
        destroyOnHidden
      >
        {name === null ? null : (
          <>
            <Field label={t("flows.nameZh")}>
              {(control) => (
                <Input
                  {...control}
                  maxLength={60}
                  value={name.zh}
                  onChange={(event) => setName({ ...name, zh: event.target.value })}
                />
              )}
            </Field>
            <Field label={t("flows.nameEn")}>
              {(control) => (
                <Input
                  {...control}
                  maxLength={60}
                  value={name.en}
                  onChange={(event) => setName({ ...name, en: event.target.value })}
                />
              )}
            </Field>
          </>
        )}
      </Modal>
    </>
  );
}
