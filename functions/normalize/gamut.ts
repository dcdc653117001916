/** Pixels looked at to estimate what OpenCV's clipping to RGB changes, and how much of it luma may lack. */
export const GAMUT = { samples: 4_096, meanSquare: 0.2, mean: 0.04 };

/** 255 with ten binary places and all of them set. */
const MAX_SAMPLE = 255 * 1024 + 1023;

/**
 * Whether OpenCV's clipping of RGB changes the grey picture noticeably: estimated from pixels spread evenly. Averaging
 * only lessens it, so what is tolerable at full size is at any size.
 */
export function leavesGamut(
  luma: Uint8Array,
  stride: number,
  blue: Uint8Array,
  red: Uint8Array,
  chromaWidth: number,
  [across, down]: readonly [number, number],
): boolean {
  const rows = blue.length / chromaWidth;
  // Every row begins elsewhere, so that no regular pattern slips through.
  const rowStep = Math.max(1, Math.floor(Math.sqrt(blue.length / GAMUT.samples)));
  const columnStep = Math.max(1, Math.round(blue.length / GAMUT.samples / rowStep));
  let samples = 0;
  let sum = 0;
  let squares = 0;
  for (let row = rowStep >> 1, turn = 0; row < rows; row += rowStep, turn++) {
    const chromaRow = row * chromaWidth;
    const lumaRow = (row * down + (turn % down)) * stride + ((turn >> 1) % across);
    for (let column = (turn * 5) % columnStep; column < chromaWidth; column += columnStep, samples++) {
      const y = ((luma[lumaRow + column * across] as number) << 10) | 512;
      const cb = (blue[chromaRow + column] as number) - 128;
      const cr = (red[chromaRow + column] as number) - 128;
      const r = y + 1436 * cr;
      const g = y - 352 * cb - 731 * cr;
      const b = y + 1815 * cb;
      // Negative or above 255 + 1023/1024 in any of the three: rare, and only then worth computing.
      if (((r | g | b) & ~MAX_SAMPLE) === 0) continue;
      const excess = 0.299 * outside(r) + 0.587 * outside(g) + 0.114 * outside(b);
      sum += Math.abs(excess);
      squares += excess * excess;
    }
  }
  return squares > GAMUT.meanSquare * samples || sum > GAMUT.mean * samples;
}

/** By how much a sample with ten binary places lies outside 0 to 255. */
function outside(value: number): number {
  if (value >= 0 && value <= MAX_SAMPLE) return 0;
  return (value < 0 ? value - 512 : value - 512 - 255 * 1024) / 1024;
}
