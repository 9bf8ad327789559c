import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { createWorkspace } from "../fixtures/workspace.js";
import { writeBase } from "./write-base.js";

const workspace = createWorkspace();
afterAll(() => workspace.remove());

it("a secret in the path of the data is written nowhere in the store", async () => {
  const token = "s3cret-0123";
  await writeBase(join(workspace.folder, token));
  workspace.write(
    "data.yaml",
    `name: data
plugins: { "@eosin/plugins-data": "*" }
steps:
  data: { uses: data/image-mask-folders, with: { root: "./\${env.API_TOKEN}" } }
`,
  );
  const { code, stderr } = await workspace.pipeWith({ API_TOKEN: token }, "data", "check", "data.yaml");
  expect(code, stderr).toBe(0);
  const store = join(workspace.folder, ".eosin");
  const files = readdirSync(store, { recursive: true }).map((name) => join(store, String(name)));
  const written = files.filter((file) => statSync(file).isFile());
  expect(written.length).toBeGreaterThan(3);
  expect(written.filter((file) => readFileSync(file).includes(token))).toEqual([]);
});
