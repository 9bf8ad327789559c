import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, it } from "vitest";
import { loadWasm } from "./load-wasm.js";

const folder = mkdtempSync(join(tmpdir(), "eosin-wasm-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A module that imports `env.base`, an i32, and exports `add`, which adds its argument to it. */
const adding = [
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // magic number and version
  ...[1, 6, 1, 0x60, 1, 0x7f, 1, 0x7f], // type: i32 → i32
  ...[2, 13, 1, 3, ...Buffer.from("env"), 4, ...Buffer.from("base"), 3, 0x7f, 0], // import of a constant
  ...[3, 2, 1, 0], // one function of that type
  ...[7, 7, 1, 3, ...Buffer.from("add"), 0, 0], // its name
  ...[10, 9, 1, 7, 0, 0x20, 0, 0x23, 0, 0x6a, 0x0b], // argument + constant
];

function file(name: string, bytes: readonly number[]): URL {
  writeFileSync(join(folder, name), Uint8Array.from(bytes));
  return pathToFileURL(join(folder, name));
}

const unreadable = (cause: unknown) => new Error("not built", { cause });

it("gives the exports of a module that has its imports", () => {
  const { add } = loadWasm(file("adding.wasm", adding), { env: { base: 40 } }, unreadable) as {
    add(n: number): number;
  };
  expect(add(2)).toBe(42);
});

it("says in the caller's words that the file is not there, and why", () => {
  const absent = pathToFileURL(join(folder, "absent.wasm"));
  expect(() => loadWasm(absent, {}, unreadable)).toThrow(
    expect.objectContaining({ message: "not built", cause: expect.objectContaining({ code: "ENOENT" }) }),
  );
});

it("lets faults of the module through", () => {
  expect(() => loadWasm(file("cut.wasm", adding.slice(0, 20)), {}, unreadable)).toThrow(
    expect.objectContaining({ name: "CompileError" }),
  );
  expect(() => loadWasm(file("adding.wasm", adding), { env: {} }, unreadable)).toThrow(
    expect.objectContaining({ name: "LinkError" }),
  );
});
