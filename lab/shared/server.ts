// The real server on a throw-away data folder, as tools/try-server.ts starts it, under the names that the labs use.
export {
  freePort,
  newDataFolder,
  removeDataFolder,
  type SignedIn as Owner,
  setupLink,
  signInOwner,
  startServer,
  type TryServer as LabServer,
  type TryServerOptions as LabServerOptions,
  webInboxKey,
} from "../../tools/try-server.ts";
