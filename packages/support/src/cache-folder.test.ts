import { homedir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { cacheFolder } from "./cache-folder.js";

it("is the one that EOSIN_CACHE names, else below the user's home", () => {
  expect(cacheFolder({ EOSIN_CACHE: "/somewhere" })).toBe("/somewhere");
  for (const env of [{}, { EOSIN_CACHE: "" }]) expect(cacheFolder(env)).toBe(join(homedir(), ".cache", "eosin"));
});
