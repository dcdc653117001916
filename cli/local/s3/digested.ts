import type { Digester } from "./checksums";

/** Passes bytes on and into a digest. @throws TypeError when the source gives anything but bytes */
export async function* digested(
  source: AsyncIterable<unknown>,
  digester: Pick<Digester, "update"> | undefined,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError("an object is read as bytes");
    digester?.update(chunk);
    yield chunk;
  }
}
