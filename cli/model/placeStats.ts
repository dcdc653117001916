import { type Stats, statSync } from "node:fs";
import { notRead } from "./notRead";

/**
 * What stands at a place that somebody named; undefined where nothing does.
 * @throws CannotRunError `FolderNotRead` for a place that cannot be looked at, such as a link that leads to itself
 */
export function placeStats(place: string): Stats | undefined {
  try {
    return statSync(place, { throwIfNoEntry: false });
  } catch (cause) {
    throw notRead(place, cause);
  }
}
