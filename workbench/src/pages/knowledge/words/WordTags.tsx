// Words, or groups of them, as small labels that can be taken away.
import { useTranslation } from "react-i18next";
import { Icon } from "../../../components/Icon.tsx";

type Props = { names: readonly string[]; canWrite: boolean; isBusy: boolean; onRemove: (at: number) => void };

export function WordTags({ names, canWrite, isBusy, onRemove }: Props) {
  const { t } = useTranslation();
  if (names.length === 0) return <p className="soft">{t("knowledge.words.none")}</p>;
  return (
    <ul className="words-tags">
      {names.map((name, at) => (
        <li key={name}>
          <span>{name}</span>
          {canWrite ? (
            <button
              type="button"
              disabled={isBusy}
              aria-label={`${t("common.remove")} ${name}`}
              onClick={() => onRemove(at)}
            >
              <Icon name="close" size={14} />
            </button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
