import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { isAlive, thisProcess } from "./process-identity.js";

it("of this process is alive", () => {
  expect(isAlive(JSON.parse(JSON.stringify(thisProcess())))).toBe(true);
});

it("of a process that ended is not", async () => {
  const child = spawn(process.execPath, ["--eval", ""]);
  const { pid } = child;
  await once(child, "exit");
  expect(isAlive({ ...thisProcess(), pid: pid!, started: undefined })).toBe(false);
});

it.skipIf(process.platform !== "linux")("of an earlier process with the same number is not", () => {
  expect(isAlive({ ...thisProcess(), started: "1" })).toBe(false);
});

it("of another machine is not known", () => {
  expect(isAlive({ ...thisProcess(), host: "another" })).toBeUndefined();
});
