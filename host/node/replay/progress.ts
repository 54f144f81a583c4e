/** Tells the person how far it is, on stderr: in place on a terminal, else a line every few seconds. */
export interface Progress {
  /** `done` of `total`; `what` is plural: "rows". */
  step(what: string, done: number, total: number): void;
  /** A sentence that stays. */
  say(sentence: string): void;
}

export const noProgress: Progress = { step() {}, say() {} };

const everyMs = { terminal: 500, file: 5_000 } as const;

export function createProgress(out: NodeJS.WriteStream): Progress {
  const pauseMs = out.isTTY ? everyMs.terminal : everyMs.file;
  let what = "";
  let beganMs = 0;
  let beganAt = 0;
  let saidMs = 0;

  return {
    step(now, done, total) {
      const atMs = performance.now();
      if (now !== what) [what, beganMs, beganAt, saidMs] = [now, atMs, done, atMs];
      if (atMs - saidMs < pauseMs) return;
      saidMs = atMs;
      const perSecond = ((done - beganAt) * 1000) / (atMs - beganMs);
      const left = perSecond > 0 ? `, ${timeText((total - done) / perSecond)} left` : "";
      const text = `${done} of ${total} ${what}, ${Math.round(perSecond)} a second${left}`;
      out.write(out.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
    },
    say(sentence) {
      out.write(out.isTTY ? `\r\u001b[K${sentence}\n` : `${sentence}\n`);
    },
  };
}

function timeText(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
