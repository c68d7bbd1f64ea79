// Under a candidate of "try it": the phrasing that was most like the message, whether it is the shop's own or borrowed,
// and which words they share, marked in place.
import type { RouteReply, routes } from "@yingda/contract";
import { Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { markShared } from "./mark-shared.ts";

type Candidate = RouteReply<typeof routes.tryIt>["candidates"][number];
/** `phrasing` is a borrowed one to be shown there. */
export type OpenCandidate = (slug: string, phrasing: string | null) => void;

export function Decided({ candidate, onOpen }: { candidate: Candidate; onOpen: OpenCandidate }) {
  const { t } = useTranslation();
  const { faq, question, why } = candidate;
  if (!why || why.phrasing === "") return null;
  const isBorrowed = why.borrowedFrom !== null;
  const parts = markShared(why.phrasing, why.shared);
  const runs = [...new Set(parts.filter(({ isShared }) => isShared).map(({ text }) => text))];
  return (
    <div className="knowledge-decided">
      <div>
        {t("knowledge.decided.phrasing")}
        <q>
          {parts.map(({ text, isShared }, at) =>
            isShared ? <mark key={`${String(at)}-${text}`}>{text}</mark> : text,
          )}
        </q>{" "}
        {isBorrowed ? (
          <Tag color="processing">{t("knowledge.decided.borrowed")}</Tag>
        ) : (
          <span className="soft">{t("knowledge.decided.own")}</span>
        )}
      </div>
      <div className="soft">
        {why.isExact
          ? t("knowledge.decided.exact")
          : runs.length === 0
            ? t("knowledge.decided.noWords")
            : t("knowledge.decided.shared", {
                count: runs.length,
                words: runs.join(t("common.listComma")),
              })}
      </div>
      <Button type="link" size="small" onClick={() => onOpen(faq, isBorrowed ? why.phrasing : null)}>
        {isBorrowed ? t("knowledge.decided.showBorrowed") : t("knowledge.open", { question })}
      </Button>
    </div>
  );
}
