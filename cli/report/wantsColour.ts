/** What decides about colours: a stream, and the environment. */
export interface ColourSettings {
  /** Whether the stream is a terminal. */
  readonly isTTY?: boolean | undefined;
}

/**
 * Whether text for a stream may have terminal colours. `NO_COLOR` with any text forbids them (no-color.org); otherwise
 * `FORCE_COLOR` asks for them, or forbids them as `0` or `false` (as Node.js reads it); otherwise a terminal has them,
 * unless `TERM` calls it dumb.
 */
export function wantsColour({ isTTY }: ColourSettings, environment: NodeJS.ProcessEnv): boolean {
  if (environment["NO_COLOR"]) return false;
  const forced = environment["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return isTTY === true && environment["TERM"] !== "dumb";
}
