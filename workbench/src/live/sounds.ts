/**
 * Two short tones made on the spot (no files): a rising pair for a new conversation, one soft tap for a message.
 * Browsers stay mute until the first click on the page; `useIsSoundBlocked` lets the shell say so instead of failing in
 * silence.
 */
import { useSyncExternalStore } from "react";

export type Tone = "new-conversation" | "new-message";

type Note = { atSeconds: number; hertz: number; lengthSeconds: number };
const notes: Record<Tone, readonly Note[]> = {
  "new-conversation": [
    { atSeconds: 0, hertz: 659, lengthSeconds: 0.16 },
    { atSeconds: 0.14, hertz: 988, lengthSeconds: 0.32 },
  ],
  "new-message": [{ atSeconds: 0, hertz: 784, lengthSeconds: 0.14 }],
};

let audio: AudioContext | null = null;
let isBlocked = false;
const listeners = new Set<() => void>();

function setBlocked(next: boolean): void {
  if (isBlocked === next) return;
  isBlocked = next;
  for (const tell of listeners) tell();
}

/** Plays a tone at volume 0…1; tells `useIsSoundBlocked` when the browser refuses. */
export async function playTone(tone: Tone, volume: number): Promise<void> {
  if (typeof AudioContext === "undefined" || volume <= 0) return;
  if (navigator.userActivation?.hasBeenActive === false) {
    setBlocked(true);
    return;
  }
  audio ??= new AudioContext();
  if (audio.state !== "running") {
    // resume() stays pending until a gesture: a blocked tone must not be played minutes later.
    await Promise.race([audio.resume(), new Promise((resolve) => setTimeout(resolve, 150))]);
  }
  setBlocked(audio.state !== "running");
  if (audio.state !== "running") return;
  for (const note of notes[tone]) playNote(audio, note, volume);
}

function playNote(context: AudioContext, note: Note, volume: number): void {
  const start = context.currentTime + note.atSeconds;
  const tone = context.createOscillator();
  const gain = context.createGain();
  tone.type = "sine";
  tone.frequency.value = note.hertz;
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(volume * 0.35, start + 0.012);
  gain.gain.exponentialRampToValueAtTime(0.0001, start + note.lengthSeconds);
  tone.connect(gain).connect(context.destination);
  tone.start(start);
  tone.stop(start + note.lengthSeconds);
}

/** Called from a click: browsers allow sound from then on. */
export async function unblockSound(volume: number): Promise<void> {
  await playTone("new-message", volume);
}

export function useIsSoundBlocked(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isBlocked,
  );
}
