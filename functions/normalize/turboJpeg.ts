import { existsSync } from "node:fs";
import path from "node:path";

/** turbojpeg.h: parameters of tj3Get and tj3Set. */
export const Param = {
  NoRealloc: 2,
  Quality: 3,
  Subsampling: 4,
  Width: 5,
  Height: 6,
  Precision: 7,
  Colourspace: 8,
  ScanLimit: 13,
  Arithmetic: 14,
  Lossless: 15,
  MaxMemory: 23,
} as const;

/** turbojpeg.h: kinds of state. */
export const Init = { Compress: 0, Decompress: 1 } as const;
/** turbojpeg.h: order of samples. */
export const PixelFormat = { Rgb: 0, Grey: 6 } as const;
/** turbojpeg.h: colour spaces that are taken. */
export const Colourspace = { YCbCr: 1, Grey: 2 } as const;
/** turbojpeg.h: chroma subsamplings that are written. */
export const Subsampling = { Grey: 3, Half: 2 } as const;

/** State of the library; opaque. */
export type Handle = unknown;

/** The functions of libjpeg-turbo that are called (libjpeg-turbo.org, TurboJPEG API 3). */
export interface TurboJpeg {
  readonly init: (kind: number) => Handle;
  readonly destroy: (handle: Handle) => void;
  readonly get: (handle: Handle, param: number) => number;
  readonly set: (handle: Handle, param: number, value: number) => number;
  readonly header: (handle: Handle, bytes: Uint8Array, size: number) => number;
  readonly decompress: (
    handle: Handle,
    bytes: Uint8Array,
    size: number,
    to: Uint8Array,
    pitch: number,
    format: number,
  ) => number;
  readonly decompressYuv: (handle: Handle, bytes: Uint8Array, size: number, to: Uint8Array, align: number) => number;
  readonly compress: (
    handle: Handle,
    from: Uint8Array,
    width: number,
    pitch: number,
    height: number,
    format: number,
    to: [Uint8Array],
    size: [number],
  ) => number;
  /** From one plane after the other; rows of a plane are multiples of `align` long. */
  readonly compressYuv: (
    handle: Handle,
    from: Uint8Array,
    width: number,
    align: number,
    height: number,
    to: [Uint8Array],
    size: [number],
  ) => number;
}

/** Package whose prebuilt shared library is called. */
const PACKAGE = "@julusian/jpeg-turbo";

/**
 * Loads the shared library inside `@julusian/jpeg-turbo`, whose own binding offers neither accurate DCT nor luma into
 * our memory.
 * @throws Error when this machine has no build of it
 */
export function loadTurboJpeg(): TurboJpeg {
  const koffi = require("koffi") as typeof import("koffi");
  const file = path.join(PACKAGE, "prebuilds", `jpeg-turbo-${process.platform}-${process.arch}`, "libturbojpeg.so.0");
  // Not by the package's name: the first folder that has the package may have it for another processor.
  const folders = require.resolve.paths(PACKAGE) ?? [];
  const found = folders.map((folder) => path.join(folder, file)).find((candidate) => existsSync(candidate));
  if (found === undefined) throw new Error(`${PACKAGE} has no build for ${process.platform}-${process.arch}`);
  const library = koffi.load(found);
  return {
    init: library.func("void *tj3Init(int)"),
    destroy: library.func("void tj3Destroy(void *)"),
    get: library.func("int tj3Get(void *, int)"),
    set: library.func("int tj3Set(void *, int, int)"),
    header: library.func("int tj3DecompressHeader(void *, const uint8_t *, size_t)"),
    decompress: library.func("int tj3Decompress8(void *, const uint8_t *, size_t, void *, int, int)"),
    decompressYuv: library.func("int tj3DecompressToYUV8(void *, const uint8_t *, size_t, void *, int)"),
    compress: library.func("int tj3Compress8(void *, const uint8_t *, int, int, int, int, void **, _Inout_ size_t *)"),
    compressYuv: library.func(
      "int tj3CompressFromYUV8(void *, const uint8_t *, int, int, int, void **, _Inout_ size_t *)",
    ),
  };
}
