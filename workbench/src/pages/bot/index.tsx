// The bot of an inbox: how it behaves, how its trial goes, and what past questions would have led to at each setting.

import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Page } from "../../components/Page.tsx";
import { BlockSkeleton, EmptyState, ErrorState } from "../../components/states.tsx";
import { TabStrip } from "../../components/TabStrip.tsx";
import { queryKeys } from "../../live/queries.ts";
import { MannerForm } from "./MannerForm.tsx";
import { PreviewTab } from "./PreviewTab.tsx";
import { PilotTab } from "./pilot/PilotTab.tsx";
import "./bot.css";

const tabNames = ["manner", "pilot", "preview"] as const;
type TabName = (typeof tabNames)[number];

function useTab() {
  const navigate = useNavigate();
  const splat = (useParams({ strict: false }) as { _splat?: string })._splat;
  const tab = tabNames.find((name) => name === splat) ?? "manner";
  const setTab = (next: TabName) => void navigate({ to: next === "manner" ? "/bot" : `/bot/${next}` });
  return { tab, setTab };
}

export default function BotPage() {
  const { t } = useTranslation();
  const { tab, setTab } = useTab();
  const inboxes = useQuery({ queryKey: queryKeys.inboxes, queryFn: () => call(routes.listInboxes) });
  const [chosen, setChosen] = useState<string | null>(null);
  const all = inboxes.data ?? [];
  const inbox = all.find(({ id }) => id === chosen) ?? all[0];
  return (
    <Page
      title={t("bot.title")}
      lead={t("bot.lead")}
      width="narrow"
      actions={
        inbox && all.length > 1 ? (
          <Select
            aria-label={t("bot.inbox")}
            className="bot-inbox"
            value={inbox.id}
            options={all.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setChosen}
          />
        ) : null
      }
    >
      {inboxes.isPending ? (
        <BlockSkeleton rows={10} />
      ) : inboxes.error ? (
        <ErrorState error={inboxes.error} onRetry={inboxes.refetch} />
      ) : inbox ? (
        <>
          <TabStrip
            label={t("bot.title")}
            tabs={tabNames.map((key) => ({ key, label: t(`bot.tabs.${key}`) }))}
            chosen={tab}
            controls="bot-shown"
            onChoose={setTab}
          />
          <div id="bot-shown">
            {/* what was changed and is not saved outlives a look at the other tabs */}
            <div hidden={tab !== "manner"}>
              <MannerForm
                key={inbox.id}
                inbox={inbox}
                onPreview={() => setTab("preview")}
                onPilot={() => setTab("pilot")}
              />
            </div>
            {tab === "manner" ? null : tab === "pilot" ? (
              <PilotTab key={inbox.id} inbox={inbox} />
            ) : (
              <PreviewTab key={inbox.id} inbox={inbox} />
            )}
          </div>
        </>
      ) : (
        <EmptyState icon="bot" title={t("bot.noInbox")} text={t("bot.noInboxText")} />
      )}
    </Page>
  );
}
