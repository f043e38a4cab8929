/** One line on stderr that says how far a task is and how long it still takes; nothing when nobody watches. */
import { displayWidth, type Terminal } from "./terminal.ts";

/** Shows a task's progress until `end`. */
export interface Progress {
  /** @param done the share that is done, in [0, 1]. @param detail a few words after the bar. */
  readonly show: (done: number, detail?: string) => void;
  readonly end: () => void;
}

const quietMilliseconds = 500;
const redrawMilliseconds = 100;

/**
 * @param now milliseconds of a clock that never goes back
 * @param from the share that was done before, when a task is gone on with
 */
export function startProgress(label: string, terminal: Terminal, now: () => number, from = 0): Progress {
  const start = now();
  let drawn = start + quietMilliseconds - redrawMilliseconds;
  let isVisible = false;
  return {
    show: (done, detail = "") => {
      const time = now();
      if (!terminal.isWatched || time - drawn < redrawMilliseconds) return;
      drawn = time;
      isVisible = true;
      terminal.draw(
        `\r\x1b[2K${progressLine(label, { done, from, elapsed: time - start, detail }, terminal.columns())}`,
      );
    },
    end: () => {
      if (isVisible) terminal.draw("\r\x1b[2K");
      isVisible = false;
    },
  };
}

/** How far a task is: shares in [0, 1] and the milliseconds since `from`. */
export interface Stage {
  readonly done: number;
  readonly from: number;
  readonly elapsed: number;
  readonly detail: string;
}

/** The line itself, shorter than `columns`. */
export function progressLine(label: string, stage: Stage, columns: number): string {
  const { from, elapsed, detail } = stage;
  const share = Math.min(1, Math.max(from, stage.done));
  const left = share > from ? `${duration((elapsed * (1 - share)) / (share - from) / 1000)} left` : "";
  const words = [`${Math.floor(share * 100)} %`, detail, left].filter((word) => word !== "").join(", ");
  const room = Math.min(30, columns - displayWidth(label) - displayWidth(words) - 4);
  const bar = room < 5 ? "" : ` ${"━".repeat(Math.round(share * room)).padEnd(room, "─")}`;
  return `${label}${bar} ${words}`.slice(0, Math.max(0, columns - 1));
}

/** Seconds for people: `4 s`, `2 min 5 s`, `3 h 12 min`. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
