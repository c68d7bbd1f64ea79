// A short soft tone for a message that arrives unseen. Browsers allow it only after the visitor has touched the page once.
let context: AudioContext | undefined;

export function chime(): void {
  if (!navigator.userActivation?.hasBeenActive) return;
  context ??= new AudioContext();
  const now = context.currentTime;
  for (const [at, pitch] of [
    [0, 660],
    [0.12, 880],
  ] as const) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, now + at);
    volume.gain.exponentialRampToValueAtTime(0.08, now + at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, now + at + 0.25);
    tone.connect(volume).connect(context.destination);
    tone.start(now + at);
    tone.stop(now + at + 0.3);
  }
}
