/** Reflected Castagnoli polynomial; RFC 3720, appendix B.4. */
const POLYNOMIAL = 0x82f63b78;

/** Eight tables of 256, so that eight bytes are taken at a time ("slicing by eight"). */
const TABLES = buildTables();

function buildTables(): Uint32Array {
  const tables = new Uint32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0);
    tables[byte] = crc;
  }
  for (let i = 256; i < tables.length; i++) {
    const previous = tables[i - 256] ?? 0;
    tables[i] = (previous >>> 8) ^ (tables[previous & 255] ?? 0);
  }
  return tables;
}

/**
 * CRC-32C of data.
 * @param value checksum of what came before, to go on from
 */
export function crc32c(data: Uint8Array, value = 0): number {
  const t = TABLES;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let crc = ~value;
  let i = 0;
  for (const end = data.length - 7; i < end; i += 8) {
    const low = crc ^ view.getInt32(i, true);
    const high = view.getInt32(i + 4, true);
    crc =
      (t[1792 + (low & 255)] ?? 0) ^
      (t[1536 + ((low >>> 8) & 255)] ?? 0) ^
      (t[1280 + ((low >>> 16) & 255)] ?? 0) ^
      (t[1024 + (low >>> 24)] ?? 0) ^
      (t[768 + (high & 255)] ?? 0) ^
      (t[512 + ((high >>> 8) & 255)] ?? 0) ^
      (t[256 + ((high >>> 16) & 255)] ?? 0) ^
      (t[high >>> 24] ?? 0);
  }
  for (; i < data.length; i++) crc = (crc >>> 8) ^ (t[(crc ^ view.getUint8(i)) & 255] ?? 0);
  return ~crc >>> 0;
}
