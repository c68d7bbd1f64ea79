/**
 * Addresses. Every page is its own chunk (components/pages.ts); a page folder reads what stands after its name from the
 * splat (`/knowledge/new` reaches pages/knowledge). Public: sign-in, set-up, invitation; all else needs a session.
 */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { ApiError, call, routes } from "./api.ts";
import { CrashPage, NotFoundPage, PageLoading } from "./components/fallback-pages.tsx";
import { insideAntd } from "./components/lazy-antd.tsx";
import { pageLoader, pages } from "./components/pages.ts";
import { queryClient, queryKeys } from "./live/queries.ts";
import { meQuery } from "./live/session.ts";

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  errorComponent: CrashPage,
});

/** Sends a person without a session to the sign-in, or to the set-up when the shop has no owner yet. */
async function requireSession({ location }: { location: { href: string } }): Promise<void> {
  try {
    await queryClient.ensureQueryData(meQuery);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== "auth/not-signed-in") throw error;
    const state = await queryClient.fetchQuery({
      queryKey: queryKeys.setupState,
      queryFn: () => call(routes.setupState),
    });
    if (!state.hasOwner) throw redirect({ to: "/setup" });
    const isPlain = location.href === "/" || location.href === "/inbox";
    throw redirect({ to: "/sign-in", search: isPlain ? {} : { from: location.href } });
  }
}

const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import("./components/Shell.tsx"), "Shell"),
  errorComponent: CrashPage,
});

const home = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/inbox" });
  },
});

/** These load without antd; every other page is put inside it. */
const leanPages = ["inbox", "contacts", "sign-in"];

/** Shown without a session. */
export const publicPages = ["sign-in", "setup", "invitation"];

type LazyPage = NonNullable<ReturnType<typeof pageLoader>>;

/** A page and whatever stands behind its name. */
function pageRoute(parent: typeof signedIn | typeof root, name: string, loader: LazyPage) {
  const page = createRoute({
    getParentRoute: () => parent,
    path: `/${name}`,
    component: lazyRouteComponent(leanPages.includes(name) ? loader : () => insideAntd(loader)),
    errorComponent: CrashPage,
  });
  return page.addChildren([createRoute({ getParentRoute: () => page, path: "$", component: () => null })]);
}

function pageRoutes(parent: typeof signedIn | typeof root, names: readonly string[]) {
  return names.flatMap((name) => {
    const loader = pageLoader(name);
    return loader ? [pageRoute(parent, name, loader)] : [];
  });
}

const tree = root.addChildren([
  signedIn.addChildren([
    home,
    ...pageRoutes(
      signedIn,
      pages.map((page) => page.name),
    ),
  ]),
  ...pageRoutes(root, publicPages),
]);

export const router = createRouter({
  routeTree: tree,
  defaultPreload: "intent",
  defaultPendingComponent: PageLoading,
  defaultPendingMs: 200,
  defaultNotFoundComponent: NotFoundPage,
  defaultErrorComponent: CrashPage,
  scrollRestoration: true,
});
