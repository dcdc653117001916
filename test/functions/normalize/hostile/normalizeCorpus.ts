import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Fit, Format, parseTransformation } from "../../../../contracts/transformation";
import { SHAPE_METADATA } from "../../../../functions/normalize/encodeImage";
import { toNormalizeError } from "../../../../functions/normalize/errors";
import { normalizeImage } from "../../../../functions/normalize/image";
import { basePictures } from "./basePictures";
import { hostileCorpus } from "./hostileCorpus";

/**
 * The process that must survive: normalises every input of the corpus in turn and writes what became of it, one line
 * of JSON each, before it begins the next.
 */

/** What became of one input. */
export interface Became {
  readonly name: string;
  /** Of the input, so that both processes are seen to mean the same one. */
  readonly sha256: string;
  /** `height x width x channels` of the picture. */
  readonly shape?: string;
  readonly code?: string;
  readonly message?: string;
  /** Code, or shape, when it was stretched to the asked size. */
  readonly stretched?: string;
  readonly ms: number;
  /** Largest resident memory of the process so far, in MB; 0 where the system does not tell. */
  readonly peakMb: number;
}

/** The options that the corpus is read with: the shape of the result tells the shape of the picture. */
export const CORPUS_OPTIONS = { width: 64, height: 64, fit: Fit.Inside, format: Format.Raw };

async function main(): Promise<void> {
  const good = (await basePictures()).jpeg;
  for (const { name, bytes, options } of await hostileCorpus()) {
    const started = performance.now();
    const became = await outcome(bytes, { ...CORPUS_OPTIONS, ...options });
    // Stretched, as by default, a picture may take another way through the code; it must end alike.
    // A good picture goes before it: nothing of it may be left for the next one, its tables above all.
    await outcome(good, { ...CORPUS_OPTIONS, fit: Fit.Fill });
    const stretched = await outcome(bytes, { ...CORPUS_OPTIONS, fit: Fit.Fill, ...options });
    const line: Became = {
      name,
      sha256: sha256(bytes),
      ...became,
      stretched: stretched.code ?? stretched.shape,
      ms: Math.round(performance.now() - started),
      peakMb: peakMb(),
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
}

/** Normalises, and tells the shape or the code. */
async function outcome(bytes: Uint8Array, options: object): Promise<Pick<Became, "shape" | "code" | "message">> {
  try {
    const { metadata } = await normalizeImage(bytes, parseTransformation(options));
    return { shape: metadata?.[SHAPE_METADATA] };
  } catch (thrown) {
    const { code, message, cause } = toNormalizeError(thrown);
    return { code, message: `${message} ${cause instanceof Error ? cause.message : ""}`.trim() };
  }
}

/** Digest of an input, as hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function peakMb(): number {
  try {
    return Math.round(Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}

if (require.main === module) void main();
