// Builds the widget into widget/dist: widget.js (the one line's script), frame.html, and assets with hashed names.
// Run by the bootstrap when a source is newer, and by the tests of the size budget.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

const root = import.meta.dirname;
const outDir = join(root, "dist");
rmSync(outDir, { recursive: true, force: true });

const shared = {
  configFile: false as const,
  root,
  logLevel: "warn" as const,
  oxc: { jsx: { runtime: "automatic" as const, importSource: "preact" } },
};

// The chat itself: a module with one small chunk per language. Library mode, because the other mode adds a preload helper
// of 0.8 kB that would load nothing here; `minify` is said again because library mode leaves white space in modules.
await build({
  ...shared,
  base: "/w/assets/",
  define: { "process.env.NODE_ENV": '"production"' },
  build: {
    outDir,
    emptyOutDir: false,
    target: "es2022",
    manifest: "manifest.json",
    lib: { entry: join(root, "src/frame.tsx"), formats: ["es"] },
    rolldownOptions: {
      output: {
        minify: true,
        // what the first view needs in one chunk (it compresses better together); the rest is loaded when first wanted
        codeSplitting: {
          groups: [
            {
              name: "chat",
              test: (id: string) => !/\/(?:forms|faces|poll|rich-content|sound|upload|i18n)/.test(id),
            },
          ],
        },
        entryFileNames: "assets/frame-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
});

// The help page: a module of its own, because a phone that has just scanned a code should load nothing else.
await build({
  ...shared,
  base: "/w/assets/",
  define: { "process.env.NODE_ENV": '"production"' },
  build: {
    outDir,
    emptyOutDir: false,
    target: "es2022",
    manifest: "help-manifest.json",
    lib: { entry: join(root, "src/help/help.tsx"), formats: ["es"] },
    rolldownOptions: {
      output: {
        minify: true,
        entryFileNames: "assets/help-[hash].js",
        assetFileNames: "assets/help-[name]-[hash][extname]",
      },
    },
  },
});

// The loader: one classic script with a stable name, for the shop's own pages.
await build({
  ...shared,
  build: {
    outDir,
    emptyOutDir: false,
    target: "es2020",
    lib: {
      entry: join(root, "src/loader.ts"),
      formats: ["iife"],
      name: "yingdaLoader",
      fileName: () => "widget.js",
    },
  },
});

interface Chunk {
  file: string;
  css?: string[];
  imports?: string[];
}
/** Script and style of an entry, with what it imports at once. */
function builtFrom(
  manifestFile: string,
  source: string,
): { script: string; style: string; preloads: string[] } {
  const manifest = JSON.parse(readFileSync(join(outDir, manifestFile), "utf8")) as Record<string, Chunk>;
  const entry = manifest[source];
  const style = entry?.css?.[0] ?? Object.values(manifest).find((chunk) => chunk.file.endsWith(".css"))?.file;
  if (!entry || !style) throw new Error(`the build left no script or style of ${source}`);
  const preloads = (entry.imports ?? []).map((name) => manifest[name]?.file ?? "").filter(Boolean);
  const address = (file: string) => `/w/assets/${file.replace(/^assets\//, "")}`;
  return { script: address(entry.file), style: address(style), preloads: preloads.map(address) };
}

const chat = builtFrom("manifest.json", "src/frame.tsx");
writeFileSync(
  join(outDir, "frame.html"),
  `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<meta name="robots" content="noindex">
<title>客服 Support</title>
<link rel="stylesheet" href="${chat.style}">
${chat.preloads.map((file) => `<link rel="modulepreload" href="${file}">`).join("\n")}
<script type="module" src="${chat.script}"></script>
</head>
<body><main id="app"></main></body>
</html>
`,
);

const help = builtFrom("help-manifest.json", "src/help/help.tsx");
writeFileSync(
  join(outDir, "help.html"),
  `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>{{title}}</title>
<link rel="stylesheet" href="${help.style}">
<script type="application/json" id="page">{{page}}</script>
<script type="module" src="${help.script}"></script>
</head>
<body><main id="app"></main></body>
</html>
`,
);
