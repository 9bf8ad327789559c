import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isEosinError } from "../eosin-error.js";
import { readTextFile } from "./read-text-file.js";

const folder = mkdtempSync(join(tmpdir(), "eosin-text-"));
const write = (name: string, bytes: string | Uint8Array) => {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
};
const utf16 = (text: string, mark: boolean) => Buffer.from(`${mark ? "\ufeff" : ""}${text}`, "utf16le");
const text = "name: größe\nseed: 7\n";

async function faultOf(file: string, maxBytes?: number) {
  try {
    await readTextFile(file, { maxBytes });
  } catch (error) {
    if (isEosinError(error)) return error;
    throw error;
  }
  throw new Error("it was read");
}

test("reads UTF-8, without its byte-order mark", async () => {
  expect(await readTextFile(write("plain", text))).toBe(text);
  expect(await readTextFile(write("bom", `\ufeff${text}`))).toBe(text);
  expect(await readTextFile(write("empty", ""))).toBe("");
  expect((await readTextFile(write("long", "é".repeat(100_000)))).length).toBe(100_000);
});

test.each([
  ["UTF-16 as Windows writes it", utf16(text, true), "UTF-16 (little-endian)"],
  ["UTF-16 without a mark", utf16(text, false), "UTF-16 (little-endian, without a byte-order mark)"],
  ["big-endian UTF-16", utf16(text, true).swap16(), "UTF-16 (big-endian)"],
  ["the same without a mark", utf16(text, false).swap16(), "UTF-16 (big-endian, without a byte-order mark)"],
  ["UTF-32", Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), "UTF-32"],
  [
    "a picture",
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0xd, 1, 2, 3, 4, 5, 6, 7, 8]),
    "binary data: a zero byte",
  ],
])("%s is told", async (_name, bytes, found) => {
  expect(await faultOf(write("other", bytes))).toMatchObject({ code: "TEXT_ENCODING", expected: "UTF-8", found });
});

test("Latin-1 is told with its first letter", async () => {
  const bytes = Buffer.from(`# ${"ü".repeat(3)}\n`);
  const file = write("latin", Buffer.concat([bytes, Buffer.from("name: größe\n", "latin1")]));
  expect(await faultOf(file)).toMatchObject({
    code: "TEXT_ENCODING",
    place: { file, line: 2, column: 9 },
    found: "the byte F6, which is ö in Latin-1 (Windows-1252)",
  });
});

test("text that ends inside a letter is told where it ends", async () => {
  const file = write("cut", Buffer.from("naïve: ï").subarray(0, -1));
  expect(await faultOf(file)).toMatchObject({ code: "TEXT_ENCODING", place: { line: 1, column: 8 } });
});

test("only regular files of a bounded size are read", async () => {
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  expect(await faultOf(pipe)).toMatchObject({ code: "FILE_NOT_REGULAR", found: "a named pipe (FIFO)" });
  expect(await faultOf("/dev/urandom")).toMatchObject({ code: "FILE_NOT_REGULAR", found: "a device" });
  expect(await faultOf(folder)).toMatchObject({ code: "FILE_NOT_REGULAR", found: "a folder" });
  expect(await faultOf(join(folder, "nothing"))).toMatchObject({ code: "FILE_MISSING", found: "nothing there" });
  expect(await faultOf(write("large", "x".repeat(11)), 10)).toMatchObject({
    code: "FILE_TOO_LARGE",
    found: "11 bytes",
  });
});
