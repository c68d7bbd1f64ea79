/*
 * The first thing that runs: npm start, npm test, npm run check | build | lab | yingda. It needs no dependency.
 * This file is only the guard in front of bootstrap/main.mjs, in syntax that old versions of Node can read,
 * so that they print the remedy instead of a syntax error.
 */
var major = Number(process.versions.node.split(".")[0]);
if (major < 18) {
  console.error(
    "Yingda 应答需要 Node 18 或更新版本来启动，当前是 " +
      process.version +
      "。请从 https://nodejs.org 安装 Node 24。\n" +
      "Yingda needs Node 18 or newer to start; this is " +
      process.version +
      ". Install Node 24 from https://nodejs.org.",
  );
  process.exitCode = 1;
} else {
  import("./bootstrap/main.mjs")
    .then((bootstrap) => bootstrap.main(process.argv.slice(2)))
    .catch((bug) => {
      console.error(bug);
      process.exitCode = 1;
    });
}
