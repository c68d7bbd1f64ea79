// Starts the workbench: language first (so that nothing flashes in another one), then the router inside the providers.
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { onSignedOut } from "./api.ts";
import { Providers } from "./components/Providers.tsx";
import { startTexts } from "./i18n/index.ts";
import { getPreferences } from "./live/preferences.ts";
import { queryClient } from "./live/queries.ts";
import { getMe } from "./live/session.ts";
import { router } from "./router.tsx";
import "./styles/base.css";
import "./styles/owner.css";
import "./styles/controls.css";
import "./styles/parts.css";
import "./styles/menus.css";

onSignedOut(() => {
  if (!getMe()) return;
  const from = router.state.location.href;
  queryClient.clear();
  void router.navigate({ to: "/sign-in", search: { from, ended: "1" } });
});

const place = document.querySelector("#root");
if (!place) throw new Error("The page has no #root element.");

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
