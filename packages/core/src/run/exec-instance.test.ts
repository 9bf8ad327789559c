import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emptyFolder } from "../store/fixtures/empty-folder.js";
import { openStore } from "../store/store.js";
import { execCommand, toyPlan } from "./fixtures/toy-plan.js";

interface Ended {
  readonly code: number;
  readonly stderr: string;
}

/** As a cluster's scheduler starts it: no parent that listens. */
function exec(planFile: string, instance: string, folder: string): Promise<Ended> {
  const [program, ...args] = execCommand;
  return new Promise((resolve) => {
    execFile(program, [...args, planFile, instance, "--store", folder], (error, _, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stderr }),
    );
  });
}

describe("an instance executed by hand", () => {
  it("stores its artifact and says so in plain lines; a second time it is reused", async () => {
    const folder = emptyFolder();
    const plan = await toyPlan({ one: { uses: "toy/write", with: { text: "one" } } });
    const file = join(folder, "plan.json");
    writeFileSync(file, JSON.stringify(plan));
    const first = await exec(file, "one", folder);
    expect(first).toMatchObject({ code: 0, stderr: expect.stringMatching(/^one: letter 1\/1000[\s\S]*one: done in/) });
    const store = await openStore(join(folder, "store"));
    expect((await store.read(plan.instances[0].fingerprint)).value).toMatchObject({ text: "hello one" });
    expect(await exec(file, "one", folder)).toEqual({ code: 0, stderr: "one: reused\n" });
  });

  it("names an instance that the plan does not have, and a file that is not a plan", async () => {
    const folder = emptyFolder();
    const file = join(folder, "plan.json");
    writeFileSync(file, JSON.stringify(await toyPlan({ one: { uses: "toy/write", with: { text: "one" } } })));
    expect(await exec(file, "two", folder)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("INSTANCE_UNKNOWN"),
    });
    writeFileSync(file, "{}");
    expect(await exec(file, "one", folder)).toMatchObject({ code: 1, stderr: expect.stringContaining("PLAN_INVALID") });
  });
});
