// What the shop's large model can do for an agent: draft the next reply from the shop's texts, summarise the conversation. Not
// there without a model. Nothing is put into the box or sent by itself.
import { useQuery } from "@tanstack/react-query";
import type { Conversation, RouteReply } from "@yingda/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { Button } from "../../../components/Button.tsx";
import { useAct } from "../../../components/use-act.ts";
import { queryKeys } from "../../../live/queries.ts";
import "./model-help.css";

type Shown =
  | { kind: "draft"; draft: RouteReply<typeof routes.draftReply> }
  | { kind: "summary"; summary: RouteReply<typeof routes.summariseConversation> };

export function ModelHelp({
  conversation,
  canReply,
  onUse,
}: {
  conversation: Conversation;
  canReply: boolean;
  onUse: (text: string) => void;
}) {
  const { t } = useTranslation();
  const state = useQuery({ queryKey: queryKeys.assist, queryFn: () => call(routes.assistState) });
  const drafting = useAct();
  const summarising = useAct();
  const [shown, setShown] = useState<Shown | null>(null);
  if (!state.data || (!state.data.drafts && !state.data.summaries)) return null;
  const params = { id: conversation.id };
  const draft = () =>
    drafting.run(async () => {
      setShown({ kind: "draft", draft: await call(routes.draftReply, { params, body: { wish: "" } }) });
    });
  const summarise = () =>
    summarising.run(async () => {
      setShown({ kind: "summary", summary: await call(routes.summariseConversation, { params }) });
    });
  return (
    <div className="model-help">
      <div className="row-line">
        {state.data.drafts && canReply ? (
          <Button look="text" disabled={drafting.isBusy} onClick={() => void draft()}>
            {t(drafting.isBusy ? "models.drafting" : "models.draftButton")}
          </Button>
        ) : null}
        {state.data.summaries ? (
          <Button look="text" disabled={summarising.isBusy} onClick={() => void summarise()}>
            {t(summarising.isBusy ? "models.summarising" : "models.summaryButton")}
          </Button>
        ) : null}
      </div>
      <div role="status">
        {shown ? (
          <article className="model-help-card">
            <Card shown={shown} />
            <div className="row-line">
              {shown.kind === "draft" ? (
                <Button
                  look="primary"
                  onClick={() => {
                    onUse(shown.draft.text);
                    setShown(null);
                  }}
                >
                  {t("models.draftUse")}
                </Button>
              ) : null}
              <Button look="text" onClick={() => setShown(null)}>
                {t("models.close")}
              </Button>
            </div>
          </article>
        ) : null}
      </div>
    </div>
  );
}

function Card({ shown }: { shown: Shown }) {
  const { t } = useTranslation();
  if (shown.kind === "summary")
    return (
      <>
        <strong>{t("models.summaryTitle")}</strong>
        <p className="model-help-text">{shown.summary.text}</p>
        <Marks
          removed={shown.summary.removed}
          doubted={shown.summary.doubted}
          removedText="models.summaryRemoved"
        />
        <p className="soft">{t("models.summaryNote")}</p>
      </>
    );
  const { text, sources, removed, doubted } = shown.draft;
  return (
    <>
      <p className="model-help-text">{text}</p>
      <p className="soft">
        {sources.length === 0
          ? t("models.draftEmpty")
          : t("models.draftFrom", { titles: sources.slice(0, 3).join(t("common.listComma")) })}
      </p>
      <Marks removed={removed} doubted={doubted} removedText="models.draftRemoved" />
    </>
  );
}

/** What an agent has to look at before using it. */
function Marks({
  removed,
  doubted,
  removedText,
}: {
  removed: string[];
  doubted: string[];
  removedText: "models.draftRemoved" | "models.summaryRemoved";
}) {
  const { t } = useTranslation();
  return (
    <>
      {doubted.length > 0 ? (
        <p className="problem">{t("models.doubted", { text: doubted.join(" ") })}</p>
      ) : null}
      {removed.length > 0 ? <p className="soft">{t(removedText, { text: removed.join(" ") })}</p> : null}
    </>
  );
}
