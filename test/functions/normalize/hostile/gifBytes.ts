/** A frame of one colour in a GIF (GIF89a specification, 20 to 22). */
export interface GifFrame {
  readonly left?: number;
  readonly top?: number;
  readonly width: number;
  readonly height: number;
  /** Pixels that are there; as many as the size has unless told. */
  readonly pixels?: number;
  /** First byte of the picture's data; 2 unless told. */
  readonly minimumCodeSize?: number;
}

/** Header, logical screen of a size, and a colour table of four. */
export function gifScreen(width: number, height: number): Buffer {
  const screen = Buffer.alloc(7);
  screen.writeUInt16LE(width, 0);
  screen.writeUInt16LE(height, 2);
  screen[4] = 0x81;
  const colours = Buffer.from([0, 0, 0, 128, 128, 128, 255, 0, 0, 255, 255, 255]);
  return Buffer.concat([Buffer.from("GIF89a", "latin1"), screen, colours]);
}

/** A frame of colour 1. */
export function gifFrame({ left = 0, top = 0, width, height, pixels, minimumCodeSize = 2 }: GifFrame): Buffer {
  const descriptor = Buffer.alloc(10);
  descriptor[0] = 0x2c;
  for (const [index, value] of [left, top, width, height].entries()) descriptor.writeUInt16LE(value, 1 + index * 2);
  return Buffer.concat([descriptor, Buffer.from([minimumCodeSize]), subBlocks(plainCodes(pixels ?? width * height))]);
}

/** A comment. */
export function gifComment(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x21, 0xfe]), subBlocks(Buffer.from(text, "latin1"))]);
}

/** The end of a GIF. */
export const GIF_TRAILER = Buffer.from([0x3b]);

/** A GIF of a screen and frames. */
export function gif(width: number, height: number, frames: readonly Uint8Array[]): Buffer {
  return Buffer.concat([gifScreen(width, height), ...frames, GIF_TRAILER]);
}

/** LZW codes of three bits for pixels of colour 1, cleared before the table grows. */
function plainCodes(pixels: number): Buffer {
  const codes: number[] = [];
  for (let pixel = 0; pixel < pixels; pixel++) {
    if (pixel % 2 === 0) codes.push(4);
    codes.push(1);
  }
  codes.push(5);
  const bytes = Buffer.alloc(Math.ceil((codes.length * 3) / 8));
  for (const [index, code] of codes.entries()) {
    for (let bit = 0; bit < 3; bit++) {
      if (!(code & (1 << bit))) continue;
      const at = index * 3 + bit;
      bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (1 << (at & 7));
    }
  }
  return bytes;
}

function subBlocks(data: Uint8Array): Buffer {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += 255) {
    const block = data.subarray(at, at + 255);
    parts.push(Buffer.from([block.length]), block);
  }
  return Buffer.concat([...parts, Buffer.from([0])]);
}
