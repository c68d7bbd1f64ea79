// What stands in for a page: while its code loads, when it crashed, when it does not exist.
import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api.ts";
import { Button } from "./Button.tsx";
import { Icon } from "./Icon.tsx";
import { BlockSkeleton, ErrorState } from "./states.tsx";
import { Mark } from "./WordMark.tsx";

export function PageLoading() {
  return (
    <div className="page">
      <div className="page-inner page-narrow">
        <BlockSkeleton rows={6} />
      </div>
    </div>
  );
}

/** True when a chunk is missing because the server got a newer build while this tab was open. */
function isOutdated(error: unknown): boolean {
  return error instanceof TypeError && /dynamically imported module|module script/i.test(String(error));
}

/** The error boundary of every route: keeps the rail, says what was kept, offers to reload. */
export function CrashPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  useEffect(() => console.error(error), [error]);
  if (error instanceof ApiError) return <ErrorState error={error} onRetry={reset} />;
  return (
    <div className="state" role="alert">
      <span className="state-icon state-icon-danger">
        <Icon name="warning" size={30} />
      </span>
      <p className="state-title">{isOutdated(error) ? t("states.newVersion") : t("states.crashTitle")}</p>
      {isOutdated(error) ? null : <p className="state-text">{t("states.crashText")}</p>}
      <div className="state-action">
        <Button look="primary" onClick={() => location.reload()}>
          {t("common.reload")}
        </Button>
      </div>
      <p className="state-fine">{error instanceof Error ? error.name : null}</p>
    </div>
  );
}

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <main className="state state-page">
      <Mark size={48} />
      <h1 className="state-title">{t("states.notFoundTitle")}</h1>
      <p className="state-text">{t("states.notFoundText")}</p>
      <div className="state-action">
        <Link to="/inbox" className="link-button">
          {t("states.goHome")}
        </Link>
      </div>
    </main>
  );
}
