/** Reflected polynomial of the NVM Express specification (64-bit CRC of the NVM command set), as two halves. */
const POLYNOMIAL = { high: 0x9a6c9329, low: 0xac4bc9b5 };

/** Eight tables of 256 for each half, so that eight bytes are taken at a time ("slicing by eight"). */
const TABLES = buildTables();

function buildTables(): { readonly high: Uint32Array; readonly low: Uint32Array } {
  const high = new Uint32Array(8 * 256);
  const low = new Uint32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let [h, l] = [0, byte];
    for (let bit = 0; bit < 8; bit++) {
      const carry = l & 1;
      l = (l >>> 1) | (h << 31);
      h >>>= 1;
      if (carry) {
        l ^= POLYNOMIAL.low;
        h ^= POLYNOMIAL.high;
      }
    }
    high[byte] = h;
    low[byte] = l;
  }
  for (let i = 256; i < high.length; i++) {
    const [h, l] = [high[i - 256] ?? 0, low[i - 256] ?? 0];
    low[i] = ((l >>> 8) | (h << 24)) ^ (low[l & 255] ?? 0);
    high[i] = (h >>> 8) ^ (high[l & 255] ?? 0);
  }
  return { high, low };
}

/**
 * CRC-64/NVME of data.
 * @param value checksum of what came before, to go on from
 */
export function crc64nvme(data: Uint8Array, value = 0n): bigint {
  const { high: th, low: tl } = TABLES;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let high = ~Number(value >> 32n);
  let low = ~Number(value & 0xffffffffn);
  let i = 0;
  for (const end = data.length - 7; i < end; i += 8) {
    const l = low ^ view.getInt32(i, true);
    const h = high ^ view.getInt32(i + 4, true);
    const [a, b, c, d] = [1792 + (l & 255), 1536 + ((l >>> 8) & 255), 1280 + ((l >>> 16) & 255), 1024 + (l >>> 24)];
    const [e, f, g, k] = [768 + (h & 255), 512 + ((h >>> 8) & 255), 256 + ((h >>> 16) & 255), h >>> 24];
    low =
      (tl[a] ?? 0) ^
      (tl[b] ?? 0) ^
      (tl[c] ?? 0) ^
      (tl[d] ?? 0) ^
      (tl[e] ?? 0) ^
      (tl[f] ?? 0) ^
      (tl[g] ?? 0) ^
      (tl[k] ?? 0);
    high =
      (th[a] ?? 0) ^
      (th[b] ?? 0) ^
      (th[c] ?? 0) ^
      (th[d] ?? 0) ^
      (th[e] ?? 0) ^
      (th[f] ?? 0) ^
      (th[g] ?? 0) ^
      (th[k] ?? 0);
  }
  for (; i < data.length; i++) {
    const index = (low ^ view.getUint8(i)) & 255;
    low = ((low >>> 8) | (high << 24)) ^ (tl[index] ?? 0);
    high = (high >>> 8) ^ (th[index] ?? 0);
  }
  return (BigInt(~high >>> 0) << 32n) | BigInt(~low >>> 0);
}
