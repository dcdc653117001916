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
  // libjpeg smooths chroma that is half as fine as luma: a pixel has a quarter of the next sample's colour.
  const isSmooth = chromaWidth > 2 || across === 1;
  const [besideStep, aboveStep] = [across === 2 && isSmooth ? 1 : 0, down === 2 && isSmooth && across <= 2 ? 1 : 0];
  // Every row begins elsewhere, so that no regular pattern slips through.
  const rowStep = Math.max(1, Math.floor(Math.sqrt(blue.length / GAMUT.samples)));
  const columnStep = Math.max(1, Math.round(blue.length / GAMUT.samples / rowStep));
  let samples = 0;
  let sum = 0;
  let squares = 0;
  for (let row = rowStep >> 1, turn = 0; row < rows; row += rowStep, turn++) {
    const chromaRow = row * chromaWidth;
    const right = (turn >> 1) % across;
    for (let column = (turn * 5) % columnStep, at = 0; column < chromaWidth; column += columnStep, at++, samples++) {
      // Pixels on either side of an edge by turns, whichever way it goes.
      const lower = (turn + at) % down;
      const y = ((luma[(row * down + lower) * stride + column * across + right] as number) << 10) | 512;
      const near = chromaRow + column;
      const beside = clamp(column + (right === 0 ? -besideStep : besideStep), chromaWidth) - column;
      const far = clamp(row + (lower === 0 ? -aboveStep : aboveStep), rows) * chromaWidth + column;
      const cb = smoothed(blue, near, far, beside);
      const cr = smoothed(red, near, far, beside);
      const r = Math.floor(y + 1436 * cr);
      const g = Math.floor(y - 352 * cb - 731 * cr);
      const b = Math.floor(y + 1815 * cb);
      // Negative or above 255 + 1023/1024 in any of the three: rare, and only then worth computing.
      if (((r | g | b) & ~MAX_SAMPLE) === 0) continue;
      const excess = 0.299 * outside(r) + 0.587 * outside(g) + 0.114 * outside(b);
      sum += Math.abs(excess);
      squares += excess * excess;
    }
  }
  return squares > GAMUT.meanSquare * samples || sum > GAMUT.mean * samples;
}

/** Chroma of a pixel, 0 in the middle, of four samples: in the nearer row and column three quarters of each. */
function smoothed(plane: Uint8Array, near: number, far: number, beside: number): number {
  const own = 3 * (plane[near] as number) + (plane[far] as number);
  const other = 3 * (plane[near + beside] as number) + (plane[far + beside] as number);
  return (3 * own + other) / 16 - 128;
}

/** The nearest of so many places. */
function clamp(place: number, places: number): number {
  return Math.min(Math.max(place, 0), places - 1);
}

/** By how much a sample with ten binary places lies outside 0 to 255. */
function outside(value: number): number {
  if (value >= 0 && value <= MAX_SAMPLE) return 0;
  return (value < 0 ? value - 512 : value - 512 - 255 * 1024) / 1024;
}
