/**
 * What routing offers to this person: a card on every page with who waits, why, and how long the offer stands. Accepting
 * opens the conversation; an offer that ran out goes by itself.
 */

import { useNavigate } from "@tanstack/react-router";
import type { Offer } from "@yingda/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Avatar } from "../../../components/Avatar.tsx";
import { clockSpan } from "../../../components/time-words.ts";
import { useNow } from "../../../live/clock.ts";
import { useMe } from "../../../live/session.ts";
import { useLive } from "../../../live/store.ts";
import { useContactName } from "../names.ts";
import { useConversation } from "../thread/use-thread.ts";
import { useActions } from "./use-actions.ts";
import "./offers.css";
import { Button } from "../../../components/Button.tsx";

function isSameOffers(a: readonly Offer[], b: readonly Offer[]): boolean {
  return a.length === b.length && a.every((offer, index) => offer === b[index]);
}

export default function OfferCards() {
  const { t } = useTranslation();
  const me = useMe().user.id;
  const offers = useLive(
    (view) => [...view.offers.values()].filter((offer) => offer.agentId === me),
    isSameOffers,
  );
  const now = useNow(1_000);
  const standing = offers.filter((offer) => Date.parse(offer.expiresAt) > now);
  const first = standing.toSorted((a, b) => Date.parse(a.expiresAt) - Date.parse(b.expiresAt))[0];
  const others = standing.length - 1;
  if (!first) return null;
  return (
    <section className="offers" aria-label={t("inbox.offersLabel")}>
      {first ? <OfferCard key={first.conversationId} offer={first} now={now} /> : null}
      {others > 0 ? <p className="offers-more">{t("inbox.offersMore", { count: others })}</p> : null}
    </section>
  );
}

function OfferCard({ offer, now }: { offer: Offer; now: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { acceptOffer, declineOffer } = useActions();
  const { conversation } = useConversation(offer.conversationId);
  const contactName = useContactName();
  const [isBusy, setBusy] = useState(false);
  const leftMs = Date.parse(offer.expiresAt) - now;
  const wholeMs = Math.max(1, Date.parse(offer.expiresAt) - Date.parse(offer.offeredAt));
  const name = conversation ? contactName(conversation.contact) : "";
  const accept = async () => {
    setBusy(true);
    const isMine = await acceptOffer(offer.conversationId);
    setBusy(false);
    if (isMine) await navigate({ to: `/inbox/${offer.conversationId}`, search: { list: "mine" } });
  };
  const decline = async () => {
    setBusy(true);
    await declineOffer(offer.conversationId);
    setBusy(false);
  };
  return (
    <div className="offer" role="alert">
      <div className="offer-head">
        <Avatar name={name} size={36} />
        <div className="offer-words">
          <strong className="ellipsis">{t("inbox.offerTitle", { name })}</strong>
          <span className="soft ellipsis">
            {conversation?.handoff
              ? t(`inbox.reasons.${conversation.handoff.reason}`)
              : (conversation?.inboxName ?? "")}
          </span>
        </div>
        <span className="offer-left number">
          <span aria-hidden="true">{clockSpan(leftMs)}</span>
          <span className="visually-hidden">{t("inbox.offerLeft", { span: clockSpan(leftMs) })}</span>
        </span>
      </div>
      {conversation?.handoff?.skills ? (
        <p className="offer-skills soft">
          {t("inbox.skillsWanted", {
            skills: conversation.handoff.skills.wanted.join(t("common.listComma")),
          })}
          {offer.skillMiss === null ? null : ` · ${t(`inbox.skillMiss.${offer.skillMiss}`)}`}
        </p>
      ) : null}
      {conversation?.lastMessage ? <p className="offer-preview">{conversation.lastMessage.preview}</p> : null}
      <span className="offer-bar" aria-hidden="true">
        <span style={{ inlineSize: `${String(Math.round((100 * leftMs) / wholeMs))}%` }} />
      </span>
      <div className="offer-ways">
        <Button onClick={() => void decline()} disabled={isBusy}>
          {t("inbox.decline")}
        </Button>
        <Button look="primary" onClick={() => void accept()} isBusy={isBusy}>
          {t("inbox.accept")}
        </Button>
      </div>
    </div>
  );
}
