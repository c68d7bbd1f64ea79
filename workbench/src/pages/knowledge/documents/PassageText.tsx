// A passage as it stands in the document, under its page and headings.
import type { DocumentPassage } from "@yingda/contract";
import { useTranslation } from "react-i18next";

type PassageProps = { passage: DocumentPassage; title?: string; note?: string; isCited?: boolean };

export function PassageText({ passage, title = "", note = "", isCited = false }: PassageProps) {
  const { t } = useTranslation();
  const { page, heading, url, text } = passage;
  // a document whose first heading is its title says it once
  const above = heading[0] === title ? heading.slice(1) : heading;
  const place = [title, page === null ? "" : t("knowledge.documents.page", { page }), above.join(" › ")]
    .filter(Boolean)
    .join(" · ");
  return (
    <article className={isCited ? "document-passage document-passage-cited" : "document-passage"}>
      <header>
        {url ? (
          <a href={url} target="_blank" rel="noopener noreferrer nofollow">
            {place || url}
          </a>
        ) : (
          <span>{place}</span>
        )}
        {note ? <small className="soft">{note}</small> : null}
      </header>
      <p>{text}</p>
    </article>
  );
}
