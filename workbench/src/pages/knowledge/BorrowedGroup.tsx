// One group of borrowed wordings: the question they come from, how close it is, the first few of them, and what was
// removed, struck through with the way back at the same place, so that the keyboard's focus stays.
import type { BorrowedIntent } from "@yingda/contract";
import { Button, Tag } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../components/Icon.tsx";
import type { BorrowedChange } from "./borrowed-changes.ts";

const firstShown = 6;

export type BorrowedGroupProps = {
  intent: BorrowedIntent;
  focusOn: string | null;
  onChange: ((change: Partial<BorrowedChange>) => void) | null;
};

export function BorrowedGroup({ intent, focusOn, onChange }: BorrowedGroupProps) {
  const { t, i18n } = useTranslation();
  const { slug, phrasings, isRefused } = intent;
  const hasFocus = phrasings.some(({ text }) => text === focusOn);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (hasFocus) setOpen(true);
  }, [hasFocus]);
  const name = i18n.language === "en" && intent.en ? intent.en : intent.zh;
  const inUse = phrasings.filter((phrasing) => !phrasing.isRefused).length;
  const shown = isOpen ? phrasings : phrasings.slice(0, firstShown);
  return (
    <div className="knowledge-group">
      <div className="knowledge-group-head">
        <strong className={isRefused ? "knowledge-refused" : undefined}>{name}</strong>
        {isRefused ? (
          <span className="soft">{t("knowledge.borrowed.intentRefused")}</span>
        ) : (
          <>
            <Tag>{t(`knowledge.borrowed.strength.${strengthOf(intent.strength ?? 0)}`)}</Tag>
            <span className="soft">{t("knowledge.borrowed.count", { count: inUse })}</span>
          </>
        )}
        {onChange ? (
          <Button
            size="small"
            type="text"
            aria-label={t(isRefused ? "knowledge.borrowed.takeBackOf" : "knowledge.borrowed.refuseIntentOf", {
              text: name,
            })}
            onClick={() => onChange(isRefused ? { takeBack: [slug] } : { refuse: [slug] })}
          >
            {t(isRefused ? "knowledge.borrowed.takeBack" : "knowledge.borrowed.refuseIntent")}
          </Button>
        ) : null}
      </div>
      {isRefused ? null : (
        <ul className="knowledge-phrasings">
          {shown.map(({ text, isRefused: isAway }) => (
            <Phrasing
              key={text}
              text={text}
              isRefused={isAway}
              isMarked={text === focusOn}
              onToggle={onChange && (() => onChange(isAway ? { takeBack: [text] } : { refuse: [text] }))}
            />
          ))}
        </ul>
      )}
      {!isRefused && phrasings.length > firstShown ? (
        <Button size="small" type="link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen
            ? t("knowledge.borrowed.showFewer")
            : t("knowledge.borrowed.showAll", { count: phrasings.length })}
        </Button>
      ) : null}
    </div>
  );
}

/** Claims below 0.22 borrow nothing; most good ones are above 0.6. */
function strengthOf(strength: number): "strong" | "fair" | "weak" {
  if (strength >= 0.6) return "strong";
  return strength >= 0.4 ? "fair" : "weak";
}

type PhrasingProps = {
  text: string;
  isRefused: boolean;
  isMarked: boolean;
  onToggle: (() => void) | null;
};

function Phrasing({ text, isRefused, isMarked, onToggle }: PhrasingProps) {
  const { t } = useTranslation();
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isMarked) place.current?.scrollIntoView({ block: "center" });
  }, [isMarked]);
  const label = t(isRefused ? "knowledge.borrowed.takeBackOf" : "knowledge.borrowed.refuse", { text });
  return (
    <li
      ref={place}
      className={isMarked ? "knowledge-phrasing knowledge-phrasing-marked" : "knowledge-phrasing"}
      aria-current={isMarked ? "true" : undefined}
    >
      <span className={isRefused ? "knowledge-refused" : undefined}>{text}</span>
      {onToggle ? (
        <button type="button" className="plain knowledge-toggle" aria-label={label} onClick={onToggle}>
          {isRefused ? t("knowledge.borrowed.takeBack") : <Icon name="close" size={14} />}
        </button>
      ) : null}
    </li>
  );
}
