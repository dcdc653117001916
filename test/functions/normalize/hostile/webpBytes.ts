/** One chunk of a RIFF file, padded to an even length. */
export function riffChunk(type: string, data: Uint8Array, length = data.length): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(length >>> 0);
  return Buffer.concat([Buffer.from(type, "latin1"), size, data, Buffer.alloc(data.length % 2)]);
}

/** A WebP of chunks; `length` is what it says of itself, the truth unless told. */
export function webp(chunks: readonly Uint8Array[], length?: number): Buffer {
  return riffChunk("RIFF", Buffer.concat([Buffer.from("WEBP", "latin1"), ...chunks]), length);
}

/** The extended header (developers.google.com/speed/webp/docs/riff_container): flags, and the canvas's size. */
export function webpCanvas(flags: number, width: number, height: number): Buffer {
  const data = Buffer.alloc(10);
  data[0] = flags;
  data.writeUIntLE(width - 1, 4, 3);
  data.writeUIntLE(height - 1, 7, 3);
  return riffChunk("VP8X", data);
}

/** Flag of {@link webpCanvas} that says there is an animation. */
export const ANIMATION = 0x02;

/** The chunk ANIM: transparent background, endless. */
export function webpAnimation(): Buffer {
  return riffChunk("ANIM", Buffer.alloc(6));
}

/** A frame that holds the chunk of a simple WebP. */
export function webpFrame(left: number, top: number, width: number, height: number, picture: Uint8Array): Buffer {
  const head = Buffer.alloc(16);
  head.writeUIntLE(left / 2, 0, 3);
  head.writeUIntLE(top / 2, 3, 3);
  head.writeUIntLE(width - 1, 6, 3);
  head.writeUIntLE(height - 1, 9, 3);
  head.writeUIntLE(100, 12, 3);
  return riffChunk("ANMF", Buffer.concat([head, picture]));
}

/** The header of a lossless picture of a size, with nothing after it. */
export function losslessHeader(width: number, height: number): Buffer {
  const data = Buffer.alloc(5);
  data[0] = 0x2f;
  data.writeUInt32LE(((width - 1) | ((height - 1) << 14)) >>> 0, 1);
  return riffChunk("VP8L", data);
}

/** The header of a lossy key frame of a size, with nothing after it. */
export function lossyHeader(width: number, height: number): Buffer {
  const data = Buffer.from([0x10, 0, 0, 0x9d, 0x01, 0x2a, 0, 0, 0, 0]);
  data.writeUInt16LE(width, 6);
  data.writeUInt16LE(height, 8);
  return riffChunk("VP8 ", data);
}
