// Tools: the systems that the bot may ask and act in, what can be connected, and what was called.
import { Button } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../../components/Page.tsx";
import { TabStrip } from "../../components/TabStrip.tsx";
import { useCan } from "../../live/session.ts";
import { CallList } from "./CallList.tsx";
import { Catalogue } from "./Catalogue.tsx";
import { DescribeSystem } from "./DescribeSystem.tsx";
import { HttpForm } from "./HttpForm.tsx";
import { MyTools } from "./MyTools.tsx";
import "./tools.css";

const tabs = ["mine", "catalogue", "calls"] as const;
type Tab = (typeof tabs)[number];
type Adding = "form" | "openapi" | "mcp" | null;

export default function ToolsPage() {
  const { t } = useTranslation();
  const canWrite = useCan("settings-write");
  const panelId = useId();
  const [tab, setTab] = useState<Tab>("mine");
  const [adding, setAdding] = useState<Adding>(null);
  const done = () => {
    setAdding(null);
    setTab("mine");
  };
  return (
    <>
      <Page
        title={t("tools.title")}
        lead={t("tools.lead")}
        actions={
          canWrite ? (
            <>
              <Button onClick={() => setAdding("mcp")}>{t("tools.addMcp")}</Button>
              <Button onClick={() => setAdding("openapi")}>{t("tools.addOpenApi")}</Button>
              <Button type="primary" onClick={() => setAdding("form")}>
                {t("tools.addForm")}
              </Button>
            </>
          ) : null
        }
      >
        <TabStrip
          label={t("tools.title")}
          controls={panelId}
          chosen={tab}
          onChoose={setTab}
          tabs={tabs.map((key) => ({ key, label: t(`tools.tabs.${key}`) }))}
        />
        <div id={panelId} role="tabpanel" className="tool-panel">
          {tab === "mine" ? <MyTools canWrite={canWrite} onAdd={() => setTab("catalogue")} /> : null}
          {tab === "catalogue" ? <Catalogue canWrite={canWrite} onConnected={done} /> : null}
          {tab === "calls" ? <CallList /> : null}
        </div>
      </Page>
      {adding === "form" ? <HttpForm onClose={() => setAdding(null)} onDone={done} /> : null}
      {adding === "openapi" || adding === "mcp" ? (
        <DescribeSystem kind={adding} onClose={() => setAdding(null)} onDone={done} />
      ) : null}
    </>
  );
}
