import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { bundleModule } from "../../cli/bundle/bundleModule";
import { NormalizeEnvironment } from "../../contracts/normalizeEnvironment";
import type { FunctionProcess } from "./functionProcess";

/** A team's module that calls a library of the system through a package with native code. */
const MODULE = `import koffi from "koffi";
const length = koffi.load("libc.so.6").func("size_t strlen(const char *)");
export const transform = async (bytes: Uint8Array) => ({
  bytes: Buffer.from([process.arch, length("x".repeat(bytes.length % 1000))].join(" ")),
  contentType: "text/plain",
});
`;

/** What is needed of the other parts of this lane. */
export interface NativeModuleLane {
  /** A folder of its own, below that of the lock file that pins the package. */
  readonly folder: string;
  /** Unpacks an archive whole, and says what of it is not for arm64. */
  unpack(archive: string, folder: string): Promise<readonly string[]>;
  /** Starts the function that is unpacked there, on arm64. */
  start(taskRoot: string, environment: Readonly<Record<string, string>>): Promise<FunctionProcess>;
  /** An original that the store has. */
  readonly original: { readonly key: string; readonly bytes: Uint8Array };
}

/** Bundles the module and reads an original through it: what it makes of that is known. */
export async function nativeModule({ folder, unpack, start, original }: NativeModuleLane): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const source = path.join(folder, "length.ts");
  await writeFile(source, MODULE);
  const { file, module } = await bundleModule(source, path.join(folder, "length.zip"));
  const taskRoot = path.join(folder, "task");
  const failures = await unpack(file, taskRoot);
  const transformation = JSON.stringify({ module, options: {} });
  const running = await start(taskRoot, { [NormalizeEnvironment.Transformation]: transformation });
  try {
    const event = { rawPath: `/${encodeURIComponent(original.key)}`, requestContext: { http: { method: "GET" } } };
    const { metadata, body } = await running.http(event);
    const [given, expected] = [`${metadata.statusCode} ${body}`, `200 arm64 ${original.bytes.length % 1000}`];
    console.log(`a module with native code: ${given}`);
    return given === expected ? failures : [...failures, `a module with native code answers ${given}, not ${expected}`];
  } finally {
    await running.stop();
  }
}
