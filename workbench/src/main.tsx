// Starts the workbench: language first (so that nothing flashes in another one), then the router inside the providers.
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { onSignedOut } from "./api.ts";
import { Providers } from "./components/Providers.tsx";
import { pageLoader } from "./components/pages.ts";
import { startTexts } from "./i18n/index.ts";
import { getPreferences } from "./live/preferences.ts";
import { queryClient } from "./live/queries.ts";
import { getMe, meQuery } from "./live/session.ts";
import { publicPages, router } from "./router.tsx";
import "./styles/base.css";
import "./styles/owner.css";
import "./styles/controls.css";
import "./styles/parts.css";
import "./styles/menus.css";

let isLeaving = false;
onSignedOut(() => {
  if (isLeaving || !getMe()) return;
  isLeaving = true;
  const from = router.state.location.href;
  // the page that is open needs to know whose it is until it is gone
  void router.navigate({ to: "/sign-in", search: { from, ended: "1" } }).finally(() => {
    queryClient.clear();
    isLeaving = false;
  });
});

const place = document.querySelector("#root");
if (!place) throw new Error("The page has no #root element.");

/**
 * Asks for what the first page will need at the same time as for the language, instead of one after the other: on a slow
 * line each turn costs a sixth of a second.
 */
function startEarly(): void {
  const name = location.pathname.split("/")[1] || "inbox";
  // A chunk that cannot be loaded is reported where the router needs it.
  pageLoader(name)?.().catch(() => undefined);
  if (publicPages.includes(name)) return;
  void queryClient.prefetchQuery(meQuery);
  import("./components/Shell.tsx").catch(() => undefined);
}

startEarly();
await startTexts(getPreferences().locale);
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Providers>
        <RouterProvider router={router} />
      </Providers>
    </QueryClientProvider>
  </StrictMode>,
);
