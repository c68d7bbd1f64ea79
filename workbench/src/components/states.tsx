/**
 * The honest states every page shows: nothing yet (what to do first), an error (what happened, try again), offline, and
 * skeletons that keep the layout while something loads for the first time.
 */
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api.ts";
import { useConnection } from "../live/connection-state.ts";
import { Button } from "./Button.tsx";
import { errorText } from "./error-text.ts";
import { Icon, type IconName } from "./Icon.tsx";

export type EmptyStateProps = {
  icon?: IconName;
  title: string;
  text?: ReactNode;
  action?: ReactNode;
  isSmall?: boolean;
};

/** Says what would be here and what to do first; `action` is one button. */
export function EmptyState({ icon = "inbox", title, text, action, isSmall = false }: EmptyStateProps) {
  return (
    <div className={isSmall ? "state state-small" : "state"}>
      <span className="state-icon">
        <Icon name={icon} size={isSmall ? 22 : 30} />
      </span>
      <p className="state-title">{title}</p>
      {text ? <div className="state-text">{text}</div> : null}
      {action ? <div className="state-action">{action}</div> : null}
    </div>
  );
}

/** What happened, in words, with a way to try again. Read out at once by screen readers. */
export function ErrorState({
  error,
  onRetry,
  title,
}: {
  error: unknown;
  onRetry?: () => unknown;
  title?: string;
}) {
  const { t } = useTranslation();
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <div className="state" role="alert">
      <span className="state-icon state-icon-danger">
        <Icon
          name={error instanceof ApiError && error.code === "offline" ? "offline" : "warning"}
          size={30}
        />
      </span>
      <p className="state-title">{title ?? t("states.errorTitle")}</p>
      <p className="state-text">{errorText(error, t)}</p>
      {onRetry ? (
        <div className="state-action">
          <Button onClick={() => void onRetry()}>{t("common.retry")}</Button>
        </div>
      ) : null}
      {requestId ? <p className="state-fine">{t("states.requestId", { id: requestId })}</p> : null}
    </div>
  );
}

/** One line above the page while the live line is down. Nothing when it is up. */
export function OfflineBanner() {
  const { t } = useTranslation();
  const connection = useConnection();
  if (connection !== "offline") return null;
  return (
    <div className="banner banner-warning" role="status">
      <Icon name="offline" size={16} />
      <span>
        <strong>{t("states.offlineTitle")}</strong> {t("states.offlineText")}
      </span>
    </div>
  );
}

/** Rows of a list that is still loading. */
export function RowSkeletons({ count = 6, height = 72 }: { count?: number; height?: number }) {
  const { t } = useTranslation();
  return (
    <div className="skeletons" role="status" aria-label={t("common.loading")}>
      {Array.from({ length: count }, (_, index) => (
        <div key={`row-${String(index)}`} className="skeleton-row" style={{ height }}>
          <span className="bone bone-round" />
          <span className="bones">
            <span className="bone" style={{ inlineSize: `${String(40 + ((index * 17) % 30))}%` }} />
            <span className="bone" />
          </span>
        </div>
      ))}
    </div>
  );
}

/** A form or text block that is still loading. */
export function BlockSkeleton({ rows = 4 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("common.loading")}>
      <span className="bones">
        {Array.from({ length: rows + 1 }, (_, index) => (
          <span
            key={`line-${String(index)}`}
            className="bone"
            style={{ inlineSize: `${String(index === 0 ? 38 : 100 - ((index * 13) % 40))}%` }}
          />
        ))}
      </span>
    </div>
  );
}
