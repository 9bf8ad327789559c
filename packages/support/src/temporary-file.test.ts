import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { isTemporary, removeAbandoned, removeAbandonedIn, temporaryBeside } from "./temporary-file.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eosin-temporary-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** As a process of this machine that is gone would have named it. */
const dead = (path: string) => temporaryBeside(path).replace(`.${process.pid}.`, ".999999999.");
/** As a process of another machine would have named it. */
const foreign = (path: string) => temporaryBeside(path).replace(/[0-9a-f]{8}\.tmp$/, "00000000.tmp");

it("is beside what it is for, and is known by its name", () => {
  const path = join(folder, "data.json");
  expect(temporaryBeside(path)).toMatch(/data\.json\.\d+\.\d*\.[0-9a-f]{8}\.tmp$/);
  expect(temporaryBeside(path)).toBe(temporaryBeside(path));
  expect(temporaryBeside(path)).not.toContain(hostname());
  expect([isTemporary(temporaryBeside(path)), isTemporary(path)]).toEqual([true, false]);
});

it("is removed once its process is gone, a folder with what is in it", () => {
  const [mine, gone, goneFolder] = [temporaryBeside, dead, dead].map((name, index) => name(join(folder, `${index}`)));
  writeFileSync(mine, "");
  writeFileSync(gone, "");
  mkdirSync(join(goneFolder, "inside"), { recursive: true });
  for (const path of [mine, gone, goneFolder]) removeAbandoned(path);
  expect([mine, gone, goneFolder].map((path) => existsSync(path))).toEqual([true, false, false]);
});

it("of another machine, or of nobody, is removed once it was silent for long", () => {
  for (const path of [foreign(join(folder, "a")), join(folder, "other.tmp")]) {
    writeFileSync(path, "");
    removeAbandoned(path);
    expect(existsSync(path)).toBe(true);
    utimesSync(path, 0, 0);
    removeAbandoned(path);
    expect(existsSync(path)).toBe(false);
  }
});

it("of a whole folder goes in one call, and nothing else does", () => {
  for (const name of [temporaryBeside("mine"), dead("gone"), "data.json", "other.tmp"]) {
    writeFileSync(join(folder, name), "");
  }
  removeAbandonedIn(folder);
  expect(readdirSync(folder).sort()).toEqual(["data.json", temporaryBeside("mine"), "other.tmp"].sort());
  removeAbandonedIn(join(folder, "absent"));
});

it("that is not there is not an error", () => {
  removeAbandoned(dead(join(folder, "a")));
  removeAbandoned(foreign(join(folder, "a")));
});
