/**
 * Places in a block of 16-bit coefficients, in bytes, by their number in zigzag order (ITU-T T.81, figure A.6): whatever
 * lies past the last goes past the block.
 */
export const ZIGZAG: Uint8Array = zigzag();

function zigzag(): Uint8Array {
  const places = new Uint8Array(256).fill(128);
  let k = 0;
  for (let diagonal = 0; diagonal < 15; diagonal++) {
    for (let i = 0; i <= diagonal; i++) {
      const [row, column] = diagonal % 2 === 0 ? [diagonal - i, i] : [i, diagonal - i];
      if (row < 8 && column < 8) places[k++] = 2 * (8 * row + column);
    }
  }
  return places;
}
