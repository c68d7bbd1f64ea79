// Builds the workbench. The contract's schemas are for the server's edge: here only method and path of each route are
// needed at run time, so the table of routes is replaced by those two words per route, and zod (25 kB gzip) by a stand-in
// that any schema can be declared with and none can parse. Pages must not parse with contract schemas.
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { routes } from "../contract/src/routes/index.ts";

const routeTable = fileURLToPath(new URL("../contract/src/routes/index.ts", import.meta.url));

/** Serves the contract's route table as plain method-and-path pairs; types still come from the real file. */
function leanRoutes(): Plugin {
  return {
    name: "lean-routes",
    enforce: "pre",
    load(id) {
      if (id.split("?")[0] !== routeTable) return null;
      const lean = Object.fromEntries(
        Object.entries(routes).map(([name, route]) => [name, { method: route.method, path: route.path }]),
      );
      return `export const routes = ${JSON.stringify(lean)};`;
    },
  };
}

const scrollLocker = /[/]@rc-component[/]portal[/]es[/]useScrollLocker[.]js$/;

/**
 * antd's dialogs stop the page behind them from scrolling by a style element without our nonce, which the content security
 * policy refuses. Our page never scrolls (styles/base.css), so there is nothing to stop.
 */
function withoutScrollLocker(): Plugin {
  return {
    name: "without-scroll-locker",
    enforce: "pre",
    load: (id) =>
      scrollLocker.test(id.split("?")[0] ?? "") ? "export default function useScrollLocker() {}" : null,
  };
}

const standIn = "\0zod-stand-in";
/** Every property, call and chain of it is itself. */
const standInCode =
  "export const z = new Proxy(function () {}, { get: () => z, apply: () => z }); export default z;";

function withoutZod(): Plugin {
  return {
    name: "without-zod",
    enforce: "pre",
    resolveId: (name) => (name === "zod" ? standIn : null),
    load: (id) => (id === standIn ? standInCode : null),
  };
}

const ground =
  /node_modules[/](react|react-dom|scheduler|@tanstack|i18next|react-i18next|use-sync-external-store|dayjs[/]dayjs)/;
/** Our own parts that stand in every page; what uses antd stays with those that load it. */
const shared =
  /workbench[/]src[/](live[/]|palette|components[/](?!Antd|Drawer|Field|ConfirmWithUndo|TraceSteps|me[/]|shell[/](CommandPalette|ShortcutHelp)))/;

const server = process.env.YINGDA_DEV_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [leanRoutes(), withoutZod(), withoutScrollLocker(), react()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: ["chrome109", "edge109", "firefox115", "safari16"],
    assetsInlineLimit: 2_048,
    chunkSizeWarningLimit: 900,
    // antd's own packages do nothing on import but do not say so; told here, what is unused is left out.
    rolldownOptions: {
      treeshake: {
        moduleSideEffects: (id) => !/node_modules[/](@rc-component|@ant-design|antd)[/]/.test(id),
      },
      // What every page needs, in two files instead of fifty: fewer requests on a phone, better compression.
      output: {
        codeSplitting: {
          groups: [
            { name: "ground", test: ground },
            { name: "shared", test: shared },
          ],
        },
      },
    },
  },
  server: {
    proxy: { "/api": server, "/media": server, "/ws": { target: server, ws: true } },
  },
});
