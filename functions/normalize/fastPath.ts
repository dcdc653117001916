/** Environment variable that turns the fast path off when it is `off`, to compare with the general one. */
export const FAST_PATH_SWITCH = "FRUGAL_ML_FAST_PATH";

/** Whether the fast path may be taken. */
export function isFastPathOn(): boolean {
  return process.env[FAST_PATH_SWITCH] !== "off";
}
