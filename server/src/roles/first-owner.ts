// While no owner exists: shows the one-time link on the console, a fresh one before it expires, and says when the owner came.
import { hasOwner, issueSetupToken } from "../accounts/index.ts";
import type { Services } from "../platform/context.ts";

export interface FirstOwner {
  stop(): void;
}

const lookMs = 500;
const renewMs = 29 * 60_000;

/** `show` gets the token each time a new one is made; `came` is called once. */
export function awaitFirstOwner(
  services: Services,
  show: (token: string) => void,
  came: () => void,
): FirstOwner {
  let shownAtMs = Number.NEGATIVE_INFINITY;
  let isLooking = false;

  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    try {
      if (await hasOwner(services)) {
        clearInterval(timer);
        came();
      } else if (performance.now() - shownAtMs > renewMs) {
        const { token } = await issueSetupToken(services);
        shownAtMs = performance.now();
        show(token);
      }
    } catch (error) {
      services.log.warn({ err: error }, "first owner not looked for");
    } finally {
      isLooking = false;
    }
  }

  const timer = setInterval(() => void look(), lookMs).unref();
  void look();
  return { stop: () => clearInterval(timer) };
}
