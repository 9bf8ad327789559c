import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** A summary of one step, by tag. Field numbers: tensorboard/compat/proto/{event,summary,tensor}.proto. */
export type Summary =
  | { readonly tag: string; readonly scalar: number }
  /** Markdown. */
  | { readonly tag: string; readonly text: string }
  | { readonly tag: string; readonly png: Uint8Array; readonly width: number; readonly height: number };

/** The first event of a file: which version of the format it has. */
export function versionEvent(): Uint8Array {
  return new BinaryWriter()
    .tag(1, WireType.Bit64)
    .double(0)
    .tag(3, WireType.LengthDelimited)
    .string("brain.Event:2")
    .finish();
}

/** @param step Whole. It stands for the time too: a clock would give other bytes to the same run. */
export function summaryEvent(step: number, summaries: readonly Summary[]): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.Bit64).double(step);
  writer.tag(2, WireType.Varint).int64(step);
  writer.tag(5, WireType.LengthDelimited).fork();
  for (const summary of summaries) {
    writer.tag(1, WireType.LengthDelimited).fork();
    writeValue(writer, summary);
    writer.join();
  }
  return writer.join().finish();
}

function writeValue(writer: BinaryWriter, summary: Summary): void {
  writer.tag(1, WireType.LengthDelimited).string(summary.tag);
  if ("scalar" in summary) writer.tag(2, WireType.Bit32).float(summary.scalar);
  else if ("text" in summary) writeText(writer, summary.text);
  else writeImage(writer, summary);
}

function writeImage(writer: BinaryWriter, image: { png: Uint8Array; width: number; height: number }): void {
  const colours = 3;
  writer.tag(4, WireType.LengthDelimited).fork();
  writer.tag(1, WireType.Varint).int32(image.height).tag(2, WireType.Varint).int32(image.width);
  writer.tag(3, WireType.Varint).int32(colours).tag(4, WireType.LengthDelimited).bytes(image.png).join();
}

/** A string tensor without dimensions, marked as the text plugin's. */
function writeText(writer: BinaryWriter, text: string): void {
  const stringType = 7;
  writer.tag(8, WireType.LengthDelimited).fork();
  writer.tag(1, WireType.Varint).int32(stringType).tag(2, WireType.LengthDelimited).fork().join();
  writer.tag(8, WireType.LengthDelimited).string(text).join();
  writer.tag(9, WireType.LengthDelimited).fork().tag(1, WireType.LengthDelimited).fork();
  writer.tag(1, WireType.LengthDelimited).string("text").join().join();
}
