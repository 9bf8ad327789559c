import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readSafetensors } from "../../packages/plugin-api/dist/tensor-file/index.js";
import { writePicture } from "../../packages/plugins-data/src/testing/picture-folder.test-support.js";
import { writePatches } from "../fixtures/kept-work.js";
import { storedArtifact } from "../fixtures/stored-artifact.js";
import { createWorkspace } from "../fixtures/workspace.js";

const workspace = createWorkspace();
const document = `name: stains
plugins: { "@eosin/plugins-data": "*", "@eosin/plugins-stain": "*" }
params: { unsuitable: pass }
steps:
  data: { uses: data/image-mask-folders, with: { root: ./patches } }
  drawn: { uses: data/synthetic, with: { scanners: 2, perScanner: 2, size: 64 } }
  two: { uses: stain/separate, with: { dataset: "\${steps.drawn}" } }
  three: { uses: stain/separate, with: { dataset: "\${steps.drawn}", size: 48, separator: { uses: stain/ruifrok-separator } } }
  odd: { uses: stain/separate, with: { dataset: "\${steps.data}", unsuitable: "\${params.unsuitable}" } }
`;

interface Separations {
  readonly separator: string;
  readonly samples: readonly Record<string, unknown>[];
}

const stored = (step: string) => storedArtifact<Separations>(workspace, step);

beforeAll(async () => {
  workspace.write("stains.yaml", document);
  await writePatches(join(workspace.folder, "patches"), { "scanner-a": 2 });
  const white = new Uint8Array(48 * 40 * 3).fill(255);
  await writePicture(join(workspace.folder, "patches/scanner-a/image/1.png"), white, 48, 40, 3);
});
afterAll(() => workspace.remove());

it("stain/separate writes densities and matrices of every sample, and why it could not", async () => {
  const { code, stdout, stderr } = await workspace.pipe("run", "stains.yaml");
  expect(code, stdout + stderr).toBe(0);
  expect(stdout).toContain("odd: warning: stain/separate: scanner-a/1 was not separated: 0.0 % of it is tissue");
  const two = stored("two");
  expect(two.value.separator).toBe("stain/spcn-separator");
  expect(two.value.samples).toHaveLength(4);
  expect(two.value.samples[3]).toMatchObject({ width: 64, height: 64, stains: ["haematoxylin", "eosin"] });
  const tensors = await readSafetensors(two.blob("00003.safetensors"));
  expect(tensors.get("density")).toMatchObject({ type: "F32", shape: [64, 64, 2] });
  expect(tensors.get("matrix")).toMatchObject({ type: "F32", shape: [2, 3] });
  const three = stored("three");
  expect(three.value.samples[0]).toMatchObject({ width: 48, stains: ["haematoxylin", "eosin", "DAB"], white: 255 });
  expect((await readSafetensors(three.blob("00000.safetensors"))).get("density")?.shape).toEqual([48, 48, 3]);
  expect(stored("odd").value.samples[1]).toEqual({
    id: "scanner-a/1",
    domain: "scanner-a",
    width: 48,
    height: 40,
    unsuitable: expect.stringContaining("tissue"),
  });
});

it("again, the same bytes", async () => {
  const before = stored("two");
  const bytes = readFileSync(before.blob("00000.safetensors"));
  expect((await workspace.pipe("run", "stains.yaml", "--fresh")).code).toBe(0);
  expect(stored("two").value).toEqual(before.value);
  expect(readFileSync(stored("two").blob("00000.safetensors"))).toEqual(bytes);
});
