import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createWorkspace } from "../fixtures/workspace.js";
import { pipeBin, pipeEnvironment } from "../run-pipe.js";
import { writeBase } from "./write-base.js";

const workspace = createWorkspace();
const at = (...names: readonly string[]) => join(workspace.folder, ...names);

beforeAll(async () => {
  await writeBase(at("base"));
  for (let i = 0; i < 60; i++) {
    for (const domain of ["A", "B"]) cpSync(at("base", domain), at("data", `${domain}${i}`), { recursive: true });
  }
});
afterAll(() => workspace.remove());

it("Ctrl-C ends a check with one line and 130", async () => {
  const args = [pipeBin, "data", "check", "data", "--store", at("own")];
  const child = spawn(process.execPath, args, { cwd: workspace.folder, env: pipeEnvironment });
  let told = "";
  child.stderr.on("data", (text) => {
    told += text;
  });
  while (!existsSync(at("own/store/scratch")) && child.exitCode === null) await setTimeout(10);
  child.kill("SIGINT");
  const [code] = await once(child, "close");
  expect(code, told).toBe(130);
  expect(told).toBe("Interrupted. What was looked at is kept: the same command goes on from there.\n");
});
