// Channels: every inbox with how to install it, how it looks, how its bot behaves; and the API keys.
import { useQuery } from "@tanstack/react-query";
import type { Inbox } from "@yingda/contract";
import { Button, Dropdown, Switch, Tabs, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Icon } from "../../components/Icon.tsx";
import { Page, Section } from "../../components/Page.tsx";
import { BlockSkeleton, ErrorState } from "../../components/states.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryClient, queryKeys } from "../../live/queries.ts";
import { useCan } from "../../live/session.ts";
import { ApiInbox } from "./ApiInbox.tsx";
import { ApiKeys } from "./ApiKeys.tsx";
import { BotForm } from "./BotForm.tsx";
import { GreetingForm } from "./GreetingForm.tsx";
import { Install } from "./Install.tsx";
import { LookForm } from "./LookForm.tsx";
import { SafetyForm } from "./SafetyForm.tsx";
import { useChangeInbox } from "./use-change-inbox.ts";

const healthColour = { ok: "success", warn: "warning", down: "error", unknown: "default" } as const;

export default function ChannelsPage() {
  const { t } = useTranslation();
  const act = useAct();
  const canKeys = useCan("settings-write");
  const inboxes = useQuery({ queryKey: queryKeys.inboxes, queryFn: () => call(routes.listInboxes) });
  const [chosen, setChosen] = useState<string | null>(null);
  const add = (channel: Inbox["channel"]) =>
    act.run(async () => {
      const name = channel === "web" ? t("channelsPage.addWeb") : t("channelsPage.addApi");
      const inbox = await call(routes.createInbox, { body: { channel, name } });
      await queryClient.invalidateQueries({ queryKey: queryKeys.inboxes });
      setChosen(inbox.id);
    });
  return (
    <Page
      title={t("channelsPage.title")}
      lead={t("channelsPage.lead")}
      width="narrow"
      actions={
        <Dropdown
          trigger={["click"]}
          menu={{
            items: [
              { key: "web", label: t("channelsPage.addWeb"), onClick: () => void add("web") },
              { key: "api", label: t("channelsPage.addApi"), onClick: () => void add("api") },
            ],
          }}
        >
          <Button type="primary" loading={act.isBusy} icon={<Icon name="plus" size={16} />}>
            {t("channelsPage.add")}
          </Button>
        </Dropdown>
      }
    >
      {inboxes.isPending ? (
        <BlockSkeleton rows={10} />
      ) : inboxes.error ? (
        <ErrorState error={inboxes.error} onRetry={inboxes.refetch} />
      ) : (
        inboxes.data.map((inbox, index) => (
          <InboxCard
            key={inbox.id}
            inbox={inbox}
            isOpen={chosen ? chosen === inbox.id : index === 0}
            onOpen={() => setChosen(inbox.id)}
          />
        ))
      )}
      {canKeys ? <ApiKeys /> : null}
    </Page>
  );
}

function InboxCard({ inbox, isOpen, onOpen }: { inbox: Inbox; isOpen: boolean; onOpen: () => void }) {
  const { t } = useTranslation();
  const change = useChangeInbox(inbox);
  const tabs =
    inbox.channel === "web"
      ? [
          { key: "install", label: t("channelsPage.embed"), children: <Install inbox={inbox} /> },
          {
            key: "look",
            label: t("channelsPage.look"),
            children: (
              <>
                <LookForm inbox={inbox} />
                <GreetingForm inbox={inbox} />
              </>
            ),
          },
          { key: "bot", label: t("channelsPage.bot"), children: <BotForm inbox={inbox} /> },
          { key: "safety", label: t("channelsPage.safety"), children: <SafetyForm inbox={inbox} /> },
        ]
      : [
          { key: "api", label: t("channelsPage.api"), children: <ApiInbox inbox={inbox} /> },
          { key: "bot", label: t("channelsPage.bot"), children: <BotForm inbox={inbox} /> },
          { key: "safety", label: t("channelsPage.safety"), children: <SafetyForm inbox={inbox} /> },
        ];
  return (
    <Section>
      <div className="spread">
        <button
          type="button"
          className="list-button"
          style={{ inlineSize: "auto" }}
          aria-expanded={isOpen}
          onClick={onOpen}
        >
          <strong>{inbox.name}</strong> <Tag>{t(`channels.${inbox.channel}`)}</Tag>
          {inbox.health.state === "unknown" ? null : (
            <Tag color={healthColour[inbox.health.state]}>
              {t(`channelsPage.healthState.${inbox.health.state}`)}
            </Tag>
          )}
          {inbox.isOn ? null : <Tag color="warning">{t("channelsPage.offTag")}</Tag>}
        </button>
        <Switch
          aria-label={`${t("channelsPage.on")} ${inbox.name}`}
          checked={inbox.isOn}
          loading={change.isBusy}
          onChange={(isOn) => void change.run({ isOn })}
        />
      </div>
      {isOpen ? <Tabs items={tabs} /> : null}
    </Section>
  );
}
