/** Cyclic redundancy checks of 32 bits: reflected polynomials, preset and inverted (ISO 3309). */

/** CRC-32 as zip uses it, polynomial 0xEDB88320. */
export const crc32 = (bytes: Uint8Array): number => crcOf(0xedb88320)(bytes);

/** CRC-32C (Castagnoli et al. 1993, RFC 3720), ready for many texts. */
export const crc32cOf = (): ((bytes: Uint8Array) => number) => crcOf(0x82f63b78);

/** The check of a polynomial; its table costs as much as a kibibyte of input and is shared by all calls. */
function crcOf(polynomial: number): (bytes: Uint8Array) => number {
  const table = crcTable(polynomial);
  return (bytes) => {
    let crc = 0xffffffff;
    for (const byte of bytes) crc = table[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
    return ~crc >>> 0;
  };
}

/** The remainder of every byte; 256 entries. */
function crcTable(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? polynomial : 0);
    return remainder;
  });
}
