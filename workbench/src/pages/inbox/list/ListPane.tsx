// The left pane: search box, tabs, rows (or what the search found).
import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button.tsx";
import { Icon } from "../../../components/Icon.tsx";
import { TextField } from "../../../components/TextField.tsx";
import { QuestionsButton } from "../questions/QuestionsButton.tsx";
import { useAddress } from "../use-address.ts";
import { ConversationList } from "./ConversationList.tsx";
import { ListTabs } from "./ListTabs.tsx";
import { SearchResults } from "./SearchResults.tsx";
import type { LoadedList } from "./use-list.ts";

/** Words change the address only when typing rests, so that each letter is no history entry and no request. */
const restMs = 250;

function SearchBox({ id }: { id: string }) {
  const { t } = useTranslation();
  const { words, go } = useAddress();
  const [typed, setTyped] = useState(words ?? "");
  const [shown, setShown] = useState(words);
  if (words !== shown) {
    setShown(words);
    if (words !== typed.trim()) setTyped(words ?? "");
  }
  useEffect(() => {
    if (typed.trim() === (words ?? "")) return;
    const timer = setTimeout(
      () => go({ words: typed.trim() === "" ? null : typed.trim() }, { isReplace: true }),
      restMs,
    );
    return () => clearTimeout(timer);
  }, [typed, words, go]);
  return (
    <TextField
      id={id}
      type="search"
      className="list-search"
      prefix={<Icon name="search" size={16} />}
      placeholder={t("inbox.searchBox")}
      aria-label={t("inbox.searchBox")}
      value={typed}
      onClear={() => setTyped("")}
      maxLength={100}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape") setTyped("");
      }}
    />
  );
}

export const searchBoxId = "inbox-search";

export function ListPane({ loaded }: { loaded: LoadedList }) {
  const { t } = useTranslation();
  const { list, tag, words, conversationId, go } = useAddress();
  const titleId = useId();
  return (
    <section className="pane pane-list" aria-labelledby={titleId}>
      <h1 id={titleId} className="visually-hidden">
        {t("nav.inbox")}
      </h1>
      <div className="list-head">
        <QuestionsButton />
        <SearchBox id={searchBoxId} />
        {words === null ? (
          <ListTabs list={list} onList={(next) => go({ list: next, tag: null }, { isReplace: true })} />
        ) : null}
        {tag === null ? null : (
          <div className="list-filter">
            <Icon name="tag" size={15} />
            <span className="ellipsis">{t("inbox.filteredByTag", { tag })}</span>
            <Button size="small" look="text" onClick={() => go({ tag: null })}>
              {t("common.clear")}
            </Button>
          </div>
        )}
      </div>
      {words === null ? (
        <ConversationList name={list} tag={tag} loaded={loaded} openId={conversationId} />
      ) : (
        <SearchResults words={words} list={list} />
      )}
    </section>
  );
}
