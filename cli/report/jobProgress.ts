import type { JobListener } from "../job/mainJob";

/** Shortest time between two progress lines, in milliseconds: faster is not readable. */
const REDRAW_MS = 100;

/**
 * Shows how the main job goes: on a terminal the current step on one line that is overwritten, elsewhere plain lines
 * when a part ends.
 */
export function jobProgress(output: NodeJS.WriteStream): JobListener {
  let part = "";
  let drawn = 0;
  const draw = (text: string): void => {
    if (!output.isTTY || performance.now() - drawn < REDRAW_MS) return;
    drawn = performance.now();
    output.write(`\r\x1b[K${text.slice(0, (output.columns ?? 80) - 1)}`);
  };
  return {
    begin(name) {
      part = name;
      drawn = 0;
      draw(`${name} …`);
    },
    progress(text) {
      draw(`${part} … ${text}`);
    },
    end(name, line, seconds, budget) {
      if (output.isTTY) output.write("\r\x1b[K");
      const late = seconds > budget ? `  over its budget of ${budget} s` : "";
      output.write(`${name.padEnd(10)} ${seconds.toFixed(1).padStart(5)} s  ${line}${late}\n`);
    },
  };
}
