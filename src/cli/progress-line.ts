import type { Progress } from '../projector/pace.ts';

/** What a line of progress needs of a stream. */
type Screen = { readonly isTTY?: boolean; write(text: string): unknown };

export type ProgressLine = {
  readonly show: (line: string) => void;
  /** Makes room for a line that stays. */
  readonly clear: () => void;
};

/** In a file or a pipe every line stays, so there are few. */
const everyMs = 2000;
const toLineStart = '\r\u001B[2K';

/** One line that is written over and over on a terminal; elsewhere a line now and then. */
export function progressLine(screen: Screen, clock: () => number = () => performance.now()): ProgressLine {
  if (screen.isTTY) return rewritten(screen);
  let shownAt = clock();
  return {
    show(line) {
      if (clock() - shownAt < everyMs) return;
      shownAt = clock();
      screen.write(`${line}\n`);
    },
    clear: () => {},
  };
}

function rewritten(screen: Screen): ProgressLine {
  let isShown = false;
  return {
    show(line) {
      isShown = true;
      screen.write(`${toLineStart}${line}`);
    },
    clear() {
      if (isShown) screen.write(toLineStart);
      isShown = false;
    },
  };
}

/** `1,200,000 of 3,000,000 events (40 %), 52,000/s, 35 s left` */
export function progressText({ position, head, eventsPerSecond, remainingSeconds }: Progress): string {
  const share = head === 0 ? 100 : Math.floor((100 * position) / head);
  const left = remainingSeconds === undefined ? '' : `, ${timeText(remainingSeconds)} left`;
  return `${grouped(position)} of ${grouped(head)} events (${share} %), ${grouped(eventsPerSecond)}/s${left}`;
}

const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

function timeText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${whole % 60} s`;
}
