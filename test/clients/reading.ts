import { createHash } from "node:crypto";

/** What one client found. */
export interface Reading {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
  /** Names the bytes that were read, when it read the normalised object. */
  readonly sha256?: string;
}

/** Runs one check; what it throws is its finding. Bytes that it returns must be the same from every client. */
export async function reading(check: string, run: () => Promise<Uint8Array | string>): Promise<Reading> {
  try {
    const found = await run();
    if (typeof found === "string") return { check, ok: true, detail: found };
    return { check, ok: true, detail: `${found.length} bytes`, sha256: sha256(found) };
  } catch (error) {
    return { check, ok: false, detail: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

/** Digest in hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
