// A page or a site by its address.
import { type DocumentSchedule, documentBounds, documentSchedules } from "@yingda/contract";
import { Button, Drawer, Input, InputNumber, Radio, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { Field } from "../../../components/Field.tsx";
import { useAct } from "../../../components/use-act.ts";
import { refreshDocuments } from "./document-queries.ts";

export function SiteForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [kind, setKind] = useState<"page" | "site">("site");
  const [url, setUrl] = useState("");
  const [title, setTitle] = useState("");
  const [depth, setDepth] = useState(3);
  const [mostPages, setMostPages] = useState(100);
  const [schedule, setSchedule] = useState<DocumentSchedule>("weekly");
  const [isTried, setTried] = useState(false);
  const isUrl = /^https?:\/\/[^\s/]+\.[^\s]+$|^https?:\/\/[^\s/]+(?::\d+)?(?:\/\S*)?$/iu.test(url.trim());
  const add = () => {
    setTried(true);
    if (!isUrl) return;
    void act.run(async () => {
      const body = { kind, url: url.trim(), title: title.trim(), depth, mostPages, schedule };
      await call(routes.addSite, { body });
      await refreshDocuments();
      onClose();
    }, t("knowledge.documents.site.added"));
  };
  return (
    <Drawer open title={t("knowledge.documents.site.title")} size={520} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <Field
          label={t("knowledge.documents.site.url")}
          hint={t("knowledge.documents.site.urlHint")}
          problem={isTried && !isUrl ? t("knowledge.documents.site.wrongUrl") : null}
        >
          {(control) => (
            <Input
              {...control}
              type="url"
              inputMode="url"
              maxLength={2_000}
              placeholder="https://"
              value={url}
              onChange={(event) => setUrl(event.target.value)}
            />
          )}
        </Field>
        <Radio.Group
          aria-label={t("knowledge.documents.site.kind")}
          value={kind}
          onChange={(event) => setKind(event.target.value)}
          options={[
            { value: "site", label: t("knowledge.documents.site.site") },
            { value: "page", label: t("knowledge.documents.site.page") },
          ]}
        />
        {kind === "site" ? (
          <>
            <p className="soft">{t("knowledge.documents.site.siteHint")}</p>
            <div className="row-line">
              <Field label={t("knowledge.documents.site.mostPages")}>
                {(control) => (
                  <InputNumber
                    {...control}
                    min={1}
                    max={documentBounds.sitePages}
                    value={mostPages}
                    onChange={(value) => setMostPages(value ?? 1)}
                  />
                )}
              </Field>
              <Field label={t("knowledge.documents.site.depth")}>
                {(control) => (
                  <InputNumber
                    {...control}
                    min={1}
                    max={documentBounds.siteDepth}
                    value={depth}
                    onChange={(value) => setDepth(value ?? 1)}
                  />
                )}
              </Field>
            </div>
          </>
        ) : null}
        <Field label={t("knowledge.documents.schedule")}>
          {(control) => (
            <Select
              {...control}
              value={schedule}
              onChange={setSchedule}
              options={documentSchedules.map((value) => ({
                value,
                label: t(`knowledge.documents.schedules.${value}`),
              }))}
            />
          )}
        </Field>
        <Field label={t("knowledge.documents.site.name")}>
          {(control) => (
            <Input
              {...control}
              maxLength={120}
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
        <div className="row-line">
          <Button type="primary" htmlType="submit" loading={act.isBusy}>
            {t("knowledge.documents.site.add")}
          </Button>
        </div>
      </form>
    </Drawer>
  );
}
