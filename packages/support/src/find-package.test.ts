import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findPackage } from "./find-package.js";

let folder: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "find-package-")));
  for (const [at, text] of [
    ["project/package.json", '{ "name": "@my/project" }'],
    ["project/src/broken/package.json", "{"],
    ["project/node_modules/near/package.json", "{}"],
    ["node_modules/@far/away/package.json", "{}"],
    ["elsewhere/package.json", "{}"],
  ]) {
    mkdirSync(join(folder, at, ".."), { recursive: true });
    writeFileSync(join(folder, at), text);
  }
  symlinkSync(join(folder, "elsewhere"), join(folder, "project/node_modules/linked"), "junction");
});
afterAll(() => rmSync(folder, { recursive: true }));

const find = (name: string) => findPackage(name, join(folder, "project/src/broken"));

it("searches node_modules upwards, and says what holds it before links were followed", () => {
  const holder = join(folder, "project");
  expect(find("near")).toEqual({ folder: join(holder, "node_modules/near"), holder });
  expect(find("linked")).toEqual({ folder: join(folder, "elsewhere"), holder });
  expect(find("@far/away")).toEqual({ folder: join(folder, "node_modules/@far/away"), holder: folder });
  expect(find("nowhere")).toBeUndefined();
});

it("lets a package find itself, past a package.json that cannot be read", () => {
  expect(find("@my/project")).toEqual({ folder: join(folder, "project") });
});

it.each(["near/../../../elsewhere", "/near", "near/.", "near\\..\\x"])(
  "finds nothing by a name that climbs: %s",
  (name) => {
    expect(find(name)).toBeUndefined();
  },
);
