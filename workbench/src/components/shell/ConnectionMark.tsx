// The state of the line, always visible: a mark, with its words for the pointer and for screen readers.
import { useTranslation } from "react-i18next";
import { useConnection } from "../../live/connection-state.ts";

export function ConnectionMark() {
  const { t } = useTranslation();
  const connection = useConnection();
  const words = t(`connection.${connection}`);
  return (
    <span className={`connection connection-${connection}`} role="status" title={words}>
      <span className="visually-hidden">{words}</span>
      <svg width="18" height="12" viewBox="0 0 18 12" aria-hidden="true">
        <rect x="0" y="7" width="4" height="5" rx="1" />
        <rect x="7" y="3.5" width="4" height="8.5" rx="1" />
        <rect x="14" y="0" width="4" height="12" rx="1" />
      </svg>
    </span>
  );
}
