import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CannotRunError } from "../../../contracts/cannotRunError";
import { download } from "./download";

/** Where AWS's files are read from. */
export interface OfferLocation {
  /** A host, or a folder that is laid out like it. */
  readonly from: string;
  readonly firstPauseMs?: number;
  /** Folder for what is downloaded. */
  readonly folder: string;
}

/**
 * Reads one of AWS's files, and removes it again if it was downloaded.
 * @throws CannotRunError `PricesNotDownloaded`, or `BadOffer` when `read` throws anything else
 */
export async function readOfferFile<T>(
  path: string,
  { from, firstPauseMs, folder }: OfferLocation,
  read: (file: string) => Promise<T>,
): Promise<T> {
  const remote = /^https?:/.test(from);
  const file = remote ? join(folder, path.replaceAll("/", "_")) : join(from, path);
  try {
    if (remote) await download(new URL(path, from), file, firstPauseMs);
    return await read(file);
  } catch (error) {
    if (error instanceof CannotRunError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CannotRunError("BadOffer", `the offer file ${path} cannot be read: ${reason}`, { cause: error });
  } finally {
    if (remote) rmSync(file, { force: true });
  }
}

/** Reads one of AWS's files that is small JSON, as the indexes are. */
export async function readOfferIndex<T>(
  path: string,
  location: OfferLocation,
  parse: (json: unknown) => T,
): Promise<T> {
  return readOfferFile(path, location, async (file) => parse(JSON.parse(readFileSync(file, "utf8"))));
}
