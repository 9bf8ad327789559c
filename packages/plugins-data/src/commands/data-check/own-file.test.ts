import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { excludeText } from "./exclude-text.js";
import { ownExclude, ownPage, requireReplaceable } from "./own-file.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "own-file-"));
});
afterAll(() => rm(folder, { recursive: true }));

it("a file is replaced where a check wrote it, where it is empty and where there is none", async () => {
  const of = async (text: string, kind: typeof ownPage) => {
    const file = join(folder, "file");
    await writeFile(file, text);
    return requireReplaceable(file, kind);
  };
  await requireReplaceable(join(folder, "none", "new.html"), ownPage);
  await of("", ownPage);
  await of(`<!doctype html>\n<html><head>${ownPage.mark}`, ownPage);
  await of(excludeText(["A/p0"]), ownExclude);
  for (const kind of [ownPage, ownExclude]) {
    const said = { code: "OUTPUT_EXISTS", place: join(folder, "file") };
    await expect(of("A/p0\nA/p1\n", kind)).rejects.toMatchObject(said);
  }
  await expect(of("<!doctype html>\n<html><head><title>Mine", ownPage)).rejects.toMatchObject({
    code: "OUTPUT_EXISTS",
  });
});
