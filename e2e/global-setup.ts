// Prepares one shop for all journeys: owner, industry pack with sample values, two colleagues. Its data folder is copied by each
// test file (shared/world.ts), which takes a second instead of a new database and a set-up each time.
import type { TestProject } from "vitest/node";
import { reasonWithoutBrowser } from "../tools/browser.ts";
import {
  inviteMember,
  newDataFolder,
  removeDataFolder,
  signInOwner,
  startServer,
  webInboxKey,
} from "../tools/try-server.ts";
import type { PreparedShop } from "./shared/provided.ts";

export default async function setup(project: TestProject): Promise<() => void> {
  if ((await reasonWithoutBrowser()) !== null) {
    project.provide("preparedShop", null);
    return () => {};
  }
  const folder = newDataFolder();
  const server = await startServer({ dataFolder: folder });
  const owner = await signInOwner(server);
  await owner.call("PUT", "/api/packs/apparel", { isOn: true });
  await owner.call("PATCH", "/api/tenant", { name: "小岛服饰" });
  const blanks = await owner.call<{ key: string; sample: string }[]>("GET", "/api/blanks");
  const values = Object.fromEntries(blanks.map(({ key, sample }) => [key, sample]));
  await owner.call("PUT", "/api/blanks", { values });
  await owner.call("POST", "/api/setup/dress");
  await owner.call("PATCH", "/api/tenant", { isSetUp: true });
  const agents = {
    lilei: { name: "李雷", role: "agent", account: "lilei", password: "a lab needs a key 8" },
    hanmeimei: { name: "韩梅梅", role: "agent", account: "hanmeimei", password: "a lab needs a key 9" },
  };
  const lilei = await inviteMember(server, owner, agents.lilei);
  const hanmeimei = await inviteMember(server, owner, agents.hanmeimei);
  const shop: PreparedShop = {
    folder,
    publicKey: await webInboxKey(owner),
    cookies: { owner: owner.cookie, lilei: lilei.cookie, hanmeimei: hanmeimei.cookie },
  };
  await server.stop();
  project.provide("preparedShop", shop);
  return () => removeDataFolder(folder);
}
