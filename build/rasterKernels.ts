import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

/** Arguments of the AssemblyScript compiler: fast code, no run time, memory given by the caller. */
const ARGUMENTS = [
  "-O3",
  "--converge",
  "--noAssert",
  ...["--runtime", "stub"],
  "--importMemory",
  ...["--enable", "simd"],
  ...["--use", "abort="],
];

/** Whose functions one module has, which share one memory; they import what else there is. */
const NAMES = ["areaResize", "pngRows", "inflate", "adler32", "jpegEntropy", "jpegProgressive", "videoResize", "vp8Rows"];
const SOURCES = NAMES.map((name) => `functions/normalize/${name}.as.ts`);

/**
 * Compiles the kernels of pixels to the text of a module that carries them. The result is committed, so that neither the
 * function's build nor its users need the compiler.
 * @returns the module's text
 * @throws Error with what the compiler says
 */
export async function rasterKernelsModule(root: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "frugal-ml-wasm-"));
  try {
    const binary = path.join(folder, "kernels.wasm");
    // Run as a program: the compiler's types would declare globals of their own.
    const compiler = path.join(root, "node_modules", "assemblyscript", "bin", "asc.js");
    await promisify(execFile)(process.execPath, [compiler, ...SOURCES, "--outFile", binary, ...ARGUMENTS], { cwd: root });
    const chunks = (await readFile(binary)).toString("base64").match(/.{1,112}/g) ?? [];
    const text = chunks.map((chunk) => `  "${chunk}"`).join(" +\n");
    return `/** The *.as.ts of this folder, compiled by \`npm run wasm\`; a test holds them together. */\nexport const RASTER_KERNELS =\n${text};\n`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const root = path.resolve(__dirname, "..");
  await writeFile(path.join(root, "functions", "normalize", "rasterKernels.ts"), await rasterKernelsModule(root));
}

if (require.main === module) void main();
