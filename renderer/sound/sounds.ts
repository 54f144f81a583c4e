import { usePreferences } from "../state/preferences-store.ts";

let context: AudioContext | null = null;

function tone(hertz: number, startS: number, lengthS: number, audio: AudioContext): void {
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0.0001, startS);
  gain.gain.exponentialRampToValueAtTime(0.12, startS + 0.004);
  gain.gain.exponentialRampToValueAtTime(0.0001, startS + lengthS);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(startS);
  oscillator.stop(startS + lengthS);
}

/** Sound is a channel of its own; where there is none the screen says the same. */
function play(draw: (audio: AudioContext, now: number) => void): void {
  if (usePreferences.getState().muted) return;
  try {
    context ??= new AudioContext();
    if (context.state === "suspended") void context.resume();
    draw(context, context.currentTime);
  } catch {
    // No sound device, or the browser refuses it before the first touch.
  }
}

/** A line was added. */
export function blip(): void {
  play((audio, now) => tone(1_320, now, 0.06, audio));
}

/** Unknown or refused: look up. */
export function lowDouble(): void {
  play((audio, now) => {
    tone(220, now, 0.12, audio);
    tone(220, now + 0.18, 0.12, audio);
  });
}
