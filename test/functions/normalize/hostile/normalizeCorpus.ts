import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Fit, Format, parseTransformation } from "../../../../contracts/transformation";
import { toNormalizeError } from "../../../../functions/normalize/errors";
import { normalizeImage, SHAPE_METADATA } from "../../../../functions/normalize/image";
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
  readonly ms: number;
  /** Largest resident memory of the process so far, in MB; 0 where the system does not tell. */
  readonly peakMb: number;
}

/** The options that the corpus is read with: the shape of the result tells the shape of the picture. */
export const CORPUS_OPTIONS = { width: 64, height: 64, fit: Fit.Inside, format: Format.Raw };

async function main(): Promise<void> {
  for (const { name, bytes, options } of await hostileCorpus()) {
    const started = performance.now();
    const transformation = parseTransformation({ ...CORPUS_OPTIONS, ...options });
    const became = await normalizeImage(bytes, transformation).then(
      ({ metadata }) => ({ shape: metadata?.[SHAPE_METADATA] }),
      (thrown: unknown) => {
        const { code, message, cause } = toNormalizeError(thrown);
        return { code, message: `${message} ${cause instanceof Error ? cause.message : ""}`.trim() };
      },
    );
    const line: Became = {
      name,
      sha256: sha256(bytes),
      ...became,
      ms: Math.round(performance.now() - started),
      peakMb: peakMb(),
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
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
