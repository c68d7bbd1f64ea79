/**
 * The three ways a line to the server can be carried: a web socket; server-sent events where sockets do not get through;
 * waiting requests where a proxy holds streams back, too. All deliver the same frames; only the socket can send, so on
 * the others views and typing are not told.
 */
import type { WorkbenchClientFrame, WorkbenchServerFrame } from "@yingda/contract";
import { nowMs } from "./clock.ts";

export type PipeEvents = {
  onOpen: () => void;
  onFrame: (frame: WorkbenchServerFrame) => void;
  /** Exactly once, for any reason but our own `close`. */
  onLost: () => void;
};
export type Pipe = { send: (frame: WorkbenchClientFrame) => void; close: () => void };

function parseFrame(text: string): WorkbenchServerFrame | null {
  try {
    return JSON.parse(text) as WorkbenchServerFrame;
  } catch {
    return null;
  }
}

/** Lets `onLost` through once and nothing after a close. */
function once(events: PipeEvents): PipeEvents & { isOver: () => boolean; end: () => void } {
  let isOver = false;
  return {
    isOver: () => isOver,
    end: () => {
      isOver = true;
    },
    onOpen: () => {
      if (!isOver) events.onOpen();
    },
    onFrame: (frame) => {
      if (!isOver) events.onFrame(frame);
    },
    onLost: () => {
      if (isOver) return;
      isOver = true;
      events.onLost();
    },
  };
}

export function openSocket(events: PipeEvents): Pipe {
  const guard = once(events);
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const socket = new WebSocket(`${scheme}://${location.host}/ws`);
  socket.onopen = guard.onOpen;
  socket.onmessage = (event) => {
    const frame = parseFrame(String(event.data));
    if (frame) guard.onFrame(frame);
  };
  socket.onclose = guard.onLost;
  socket.onerror = guard.onLost;
  return {
    send: (frame) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
    },
    close: () => {
      guard.end();
      socket.close();
    },
  };
}

/** Server-sent events from `since` on. The browser's own reconnecting is not used: the line decides. */
export function openStream(since: number, events: PipeEvents): Pipe {
  const guard = once(events);
  const stream = new EventSource(`/api/live/events?since=${String(since)}`);
  stream.onopen = guard.onOpen;
  stream.onmessage = (event) => {
    const frame = parseFrame(String(event.data));
    if (frame) guard.onFrame(frame);
  };
  stream.onerror = () => {
    stream.close();
    guard.onLost();
  };
  return {
    send: () => {},
    close: () => {
      guard.end();
      stream.close();
    },
  };
}

/** A waiting request has been let in when it is still waiting after this long. */
const letInMs = 2_000;
const quietAfterMs = 60_000;

/** One request after the other, each answered with the first news or after 25 s. Greets itself: the server does not. */
export function openPolling(since: number, events: PipeEvents): Pipe {
  const guard = once(events);
  const abort = new AbortController();
  let cursor = since;
  let isGreeted = false;
  const greet = () => {
    if (isGreeted) return;
    isGreeted = true;
    guard.onFrame({ t: "welcome", seq: cursor, serverTimeMs: nowMs(), heartbeatMs: quietAfterMs });
  };
  const greetTimer = setTimeout(greet, letInMs);
  const ask = async (): Promise<void> => {
    const address = `/api/live/events?as=poll&since=${String(cursor)}`;
    const response = await fetch(address, { signal: abort.signal, headers: { accept: "application/json" } });
    if (!response.ok) throw new Error("The waiting request was refused.");
    const frames = (await response.json()) as WorkbenchServerFrame[];
    greet();
    for (const frame of frames) {
      if (frame.t === "events") cursor = frame.to;
      if (frame.t === "resync") cursor = frame.seq;
      guard.onFrame(frame);
    }
    guard.onFrame({ t: "pong" });
  };
  const run = async (): Promise<void> => {
    try {
      while (!guard.isOver()) await ask();
    } catch {
      clearTimeout(greetTimer);
      guard.onLost();
    }
  };
  void run();
  return {
    send: () => {},
    close: () => {
      guard.end();
      clearTimeout(greetTimer);
      abort.abort();
    },
  };
}
