// One installation of a model at a time, for the whole process: engine first, if it is missing, then the model. It goes on
// when the page is left; the page asks for `state`. Made once by the web role.

import type { ModelInstall } from "@yingda/contract";
import { AppError } from "../../../platform/errors.ts";
import type { Log } from "../../../platform/log.ts";
import type { GuardedFetch } from "../../../platform/net/index.ts";
import type { CatalogueModel } from "./catalogue.ts";
import type { DownloadOptions } from "./download.ts";
import { engineBytes, fetchEngine, isEngineInstalled } from "./engine.ts";
import { fetchModel } from "./fetch-model.ts";
import type { Mirror } from "./mirrors.ts";
import type { ModelsHome } from "./model-folder.ts";

export interface InstallerServices {
  config: ModelsHome;
  fetch: GuardedFetch;
  log: Log;
}

const unbegun: ModelInstall = {
  model: "",
  state: "running",
  part: "engine",
  doneBytes: 0,
  totalBytes: 0,
  code: null,
};

export class ModelInstaller {
  readonly #services: InstallerServices;
  readonly #options: DownloadOptions;
  #state: ModelInstall | null = null;
  #abort: AbortController | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(services: InstallerServices, options: DownloadOptions = {}) {
    this.#services = services;
    this.#options = options;
  }

  /** The one under way, or how the last one ended. */
  get state(): ModelInstall | null {
    return this.#state;
  }

  /** @throws AppError download/running */
  begin(model: CatalogueModel, mirror: Mirror): ModelInstall {
    if (this.#abort !== null) throw new AppError("download/running");
    const abort = new AbortController();
    this.#abort = abort;
    const begun = this.#say({ ...unbegun, model: model.name, totalBytes: model.sizeBytes });
    this.#running = this.#install(model, mirror, abort.signal)
      .then(
        () => void this.#say({ state: "done" }),
        (error: unknown) => this.#failed(error, abort.signal),
      )
      .finally(() => {
        this.#abort = null;
      });
    return begun;
  }

  /** Resolves when nothing is under way any more. */
  async cancel(): Promise<void> {
    this.#abort?.abort(new Error("cancelled"));
    await this.#running;
  }

  async settled(): Promise<void> {
    await this.#running;
  }

  async #install(model: CatalogueModel, mirror: Mirror, signal: AbortSignal): Promise<void> {
    const { fetch, config } = this.#services;
    const options = this.#options;
    const needsEngine = !(await isEngineInstalled(config));
    const engine = needsEngine ? engineBytes : 0;
    if (needsEngine)
      await fetchEngine(fetch, config, mirror.registries, {
        signal,
        options,
        onProgress: (doneBytes) => this.#say({ doneBytes, totalBytes: engine + model.sizeBytes }),
      });
    this.#say({ part: "model", doneBytes: engine, totalBytes: engine + model.sizeBytes });
    await fetchModel(fetch, config, model, mirror, {
      signal,
      options,
      onProgress: (doneBytes, totalBytes) =>
        this.#say({ doneBytes: engine + doneBytes, totalBytes: engine + totalBytes }),
    });
  }

  #failed(error: unknown, signal: AbortSignal): void {
    if (signal.aborted) {
      this.#say({ state: "cancelled" });
      return;
    }
    this.#services.log.error({ err: error, model: this.#state?.model }, "model not installed");
    this.#say({ state: "failed", code: error instanceof AppError ? error.code : "internal" });
  }

  #say(change: Partial<ModelInstall>): ModelInstall {
    const state = { ...(this.#state ?? unbegun), ...change };
    this.#state = state;
    return state;
  }
}
