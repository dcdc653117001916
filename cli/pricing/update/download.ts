import { createWriteStream, existsSync, renameSync, rmSync, statSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { setTimeout as pause } from "node:timers/promises";
import { CannotRunError } from "../../../contracts/cannotRunError";
import { httpGet } from "./httpGet";

/** How often a download is taken up again. */
const ATTEMPTS = 6;

/** Statuses that may pass. */
const PASSING = [408, 425, 429, 500, 502, 503, 504];

/**
 * Downloads into a file, which is there only once all of it is. A download that breaks goes on where it broke, as long as
 * the server still has the same version; otherwise it begins anew.
 * @param firstPauseMs pause before the second attempt; each later one waits twice as long
 * @throws CannotRunError `PricesNotDownloaded`
 */
export async function download(url: URL, file: string, firstPauseMs = 1_000): Promise<void> {
  const partial = `${file}.part`;
  rmSync(partial, { force: true });
  let version: string | undefined;
  let reason = "";
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (attempt > 0) await pause(firstPauseMs * 2 ** (attempt - 1));
    const have = version !== undefined && existsSync(partial) ? statSync(partial).size : 0;
    try {
      const response = await httpGet(url, have > 0 && version ? { range: `bytes=${have}-`, "if-range": version } : {});
      const status = response.statusCode ?? 0;
      if (status !== 200 && status !== 206) {
        response.resume();
        reason = `status ${status}`;
        if (PASSING.includes(status)) continue;
        break;
      }
      const resumed = status === 206;
      version = response.headers.etag ?? version;
      const length = response.headers["content-length"];
      const whole = length === undefined ? undefined : Number(length) + (resumed ? have : 0);
      await pipeline(response, createWriteStream(partial, { flags: resumed ? "a" : "w" }));
      const size = statSync(partial).size;
      if (whole !== undefined && size !== whole) throw new Error(`${size} of ${whole} bytes arrived`);
      renameSync(partial, file);
      return;
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
  }
  rmSync(partial, { force: true });
  throw new CannotRunError("PricesNotDownloaded", `${url.href} cannot be downloaded: ${reason}`);
}
