// The frame of an ordinary page (everything but the inbox): title, one line of help, actions at the end, content below.
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { setPageTitle } from "../live/attention.ts";

export type PageProps = {
  title: string;
  /** One sentence under the title. */
  lead?: ReactNode;
  /** Buttons at the end of the title line; the main one last. */
  actions?: ReactNode;
  /** "narrow" for forms and reading (720 px), "wide" for tables. */
  width?: "narrow" | "wide";
  children: ReactNode;
};

/** A page that scrolls must be reachable by keyboard, though nothing in it may be. */
const keyboardScroll = { tabIndex: 0 };

export function Page({ title, lead, actions, width = "wide", children }: PageProps) {
  usePageTitle(title);
  return (
    <div className="page" {...keyboardScroll}>
      <div className={`page-inner page-${width}`}>
        <header className="page-head">
          <div className="page-words">
            <h1>{title}</h1>
            {lead ? <p className="page-lead">{lead}</p> : null}
          </div>
          {actions ? <div className="page-actions">{actions}</div> : null}
        </header>
        {children}
      </div>
    </div>
  );
}

/** A titled part of a page, on its own paper. */
export function Section({
  title,
  lead,
  actions,
  children,
}: {
  title?: string;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="section" aria-label={title}>
      {title || actions ? (
        <div className="section-head">
          <div>
            {title ? <h2>{title}</h2> : null}
            {lead ? <p className="section-lead">{lead}</p> : null}
          </div>
          {actions}
        </div>
      ) : null}
      {children}
    </section>
  );
}

/** Sets the tab's title; the unread count is put before it by live/attention.ts. */
export function usePageTitle(title: string): void {
  const { t } = useTranslation();
  useEffect(() => setPageTitle(t("app.title", { page: title })), [title, t]);
}
