import { createRequire } from "node:module";

/** The part of the codec's decoder that is used here. */
interface Decoder {
  getEncodedBuffer(length: number): Uint8Array;
  readHeader(): void;
  decode(): void;
  getFrameInfo(): FrameInfo;
  getDecodedBuffer(): Uint8Array;
  getIsReversible(): boolean;
  delete(): void;
}

interface FrameInfo {
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly componentCount: number;
  readonly isSigned: boolean;
}

interface Codec {
  readonly J2KDecoder: new () => Decoder;
}

export interface Jpeg2000 extends FrameInfo {
  readonly reversible: boolean;
  /** Channels last; 8 bits a value up to a depth of 8, else 16. */
  readonly data: Uint8Array | Uint16Array | Int16Array;
}

const CUT_OFF = "the JPEG 2000 stream is damaged or cut off";
const END_OF_CODESTREAM = 0xffd9;
let opening: Promise<Codec> | undefined;

/** WebAssembly, loaded at first use. */
function openCodec(): Promise<Codec> {
  const require = createRequire(import.meta.url);
  const create = require("@cornerstonejs/codec-openjpeg/decodewasmjs") as (options: object) => Promise<Codec>;
  const wasm = require.resolve("@cornerstonejs/codec-openjpeg/decodewasm");
  // It tells every step on standard output.
  opening ??= create({ locateFile: () => wasm, print: () => {}, printErr: () => {} });
  return opening;
}

/** The codestream alone: with boxes that define an alpha channel the codec refuses whole files. Nothing where it is cut off. */
function codestreamOf(bytes: Uint8Array): Uint8Array | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let begin = 0;
  let end = buffer.length;
  for (let at = 0; buffer[0] === 0 && at + 8 <= buffer.length; ) {
    const length = buffer.readUInt32BE(at);
    if (buffer.toString("latin1", at + 4, at + 8) === "jp2c") {
      begin = at + (length === 1 ? 16 : 8);
      end = length === 0 ? buffer.length : length === 1 ? at + Number(buffer.readBigUInt64BE(at + 8)) : at + length;
      break;
    }
    if (length < 8) break;
    at += length;
  }
  const isWhole = end >= 2 && end <= buffer.length && buffer.readUInt16BE(end - 2) === END_OF_CODESTREAM;
  return isWhole ? buffer.subarray(begin, end) : undefined;
}

export async function decodeJpeg2000(bytes: Uint8Array): Promise<Jpeg2000> {
  const codec = await openCodec();
  const stream = codestreamOf(bytes);
  if (stream === undefined) throw new Error(CUT_OFF);
  const decoder = new codec.J2KDecoder();
  try {
    decoder.getEncodedBuffer(stream.length).set(stream);
    decoder.decode();
    const info = decoder.getFrameInfo();
    // It gives what it has of a damaged stream, be it nothing.
    if (info.width === 0) throw new Error(CUT_OFF);
    // A copy: the buffer is in the codec's memory.
    const plain = Uint8Array.from(decoder.getDecodedBuffer());
    const wide = info.isSigned ? Int16Array : Uint16Array;
    return {
      ...info,
      reversible: decoder.getIsReversible(),
      data: info.bitsPerSample > 8 ? new wide(plain.buffer, 0, plain.length / 2) : plain,
    };
  } catch (cause) {
    // It throws addresses in its own memory, which say nothing.
    throw cause instanceof Error ? cause : new Error(CUT_OFF);
  } finally {
    decoder.delete();
  }
}
