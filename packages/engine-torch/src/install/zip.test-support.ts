import { deflateRawSync } from "node:zlib";
import { crc32 } from "@eosin/support/crc32";

export interface ZipForm {
  /** Sizes and places as archives above 4 GiB have them: beside the fields of 32 bits, which then say nothing. */
  readonly zip64?: boolean;
}

/** A ZIP archive of these files, every second one stored instead of deflated. */
export function zip(files: { readonly [name: string]: string }, { zip64 = false }: ZipForm = {}): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [index, [name, content]] of Object.entries(files).entries()) {
    const [path, plain] = [Buffer.from(name), Buffer.from(content)];
    const method = index % 2 === 0 ? 8 : 0;
    const packed = method === 8 ? deflateRawSync(plain) : plain;
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(method, 8);
    header.writeUInt16LE(path.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(crc32(plain), 16);
    const large = zip64 ? largeFields([plain.length, packed.length, offset]) : Buffer.alloc(0);
    entry.writeUInt32LE(zip64 ? nothing : packed.length, 20);
    entry.writeUInt32LE(zip64 ? nothing : plain.length, 24);
    entry.writeUInt16LE(path.length, 28);
    entry.writeUInt16LE(large.length, 30);
    entry.writeUInt32LE(zip64 ? nothing : offset, 42);
    bodies.push(header, path, packed);
    directory.push(entry, path, large);
    offset += header.length + path.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  for (const at of [8, 10]) end.writeUInt16LE(Object.keys(files).length, at);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}

const nothing = 0xffffffff;

/** The extra field of ZIP64: PKWARE's APPNOTE 6.3.10, 4.5.3. */
function largeFields(values: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + 8 * values.length);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(8 * values.length, 2);
  for (const [index, value] of values.entries()) field.writeBigUInt64LE(BigInt(value), 4 + 8 * index);
  return field;
}
