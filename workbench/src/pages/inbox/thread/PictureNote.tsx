// Under a contact's picture: what a model read in it, small, and marked as a machine's reading. Text nodes only.
import type { PictureReading } from "@yingda/contract";
import { useTranslation } from "react-i18next";
import { Icon } from "../../../components/Icon.tsx";
import "./picture-note.css";

export function PictureNote({ reading: { seen, model } }: { reading: PictureReading }) {
  const { t } = useTranslation();
  const { kind, shows, text, models, faultCodes, numbers } = seen;
  const read = new Set([...faultCodes, ...models, ...numbers]);
  const lines = [...new Set(text)].filter((line) => !read.has(line));
  return (
    <aside className="picture-note" title={t("pictures.by", { model })}>
      <span className="picture-note-head">
        <Icon name="bot" size={13} /> {t("pictures.machine")} · {t(`pictures.kinds.${kind}`)}
      </span>
      {shows === "" ? null : <span>{shows}</span>}
      {read.size === 0 ? null : <strong>{[...read].join(" · ")}</strong>}
      {lines.length === 0 ? null : (
        <ul className="picture-note-text">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </aside>
  );
}
