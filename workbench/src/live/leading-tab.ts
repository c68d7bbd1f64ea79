/**
 * One tab of a browser leads: only it plays sounds and shows notifications. By a Web Lock where the browser has them
 * (https, localhost); on a plain-http LAN address by a lease in localStorage, taken over when it is five seconds old.
 */
const leaseKey = "yingda.leading-tab";
const leaseMs = 5_000;
const renewMs = 2_000;
const tab = `${String(Date.now())}-${String(Math.random()).slice(2)}`;

let hasLock = false;

type Lease = { tab: string; atMs: number };

/** Whether this tab may take a lease found in storage. Pure. */
export function mayTake(lease: Lease | null, own: string, now: number): boolean {
  return lease === null || lease.tab === own || now - lease.atMs > leaseMs;
}

function readLease(): Lease | null {
  try {
    return JSON.parse(localStorage.getItem(leaseKey) ?? "null") as Lease | null;
  } catch {
    return null;
  }
}

function takeLease(): boolean {
  if (!mayTake(readLease(), tab, Date.now())) return false;
  try {
    localStorage.setItem(leaseKey, JSON.stringify({ tab, atMs: Date.now() }));
  } catch {
    return true;
  }
  return true;
}

/** True in the one tab that speaks for all. */
export function isLeadingTab(): boolean {
  return navigator.locks === undefined ? takeLease() : hasLock;
}

/** Takes part in the election until stopped. */
export function startLeading(): () => void {
  if (navigator.locks === undefined) {
    takeLease();
    const timer = setInterval(takeLease, renewMs);
    return () => clearInterval(timer);
  }
  const stop = new AbortController();
  let letGo: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  navigator.locks
    .request("yingda-leading-tab", { signal: stop.signal }, () => {
      hasLock = true;
      return held;
    })
    .catch(() => {
      // Aborted while waiting: this tab never led.
    });
  return () => {
    hasLock = false;
    letGo();
    stop.abort();
  };
}
