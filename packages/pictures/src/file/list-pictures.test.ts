import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pictureEndings } from "../formats/format.js";
import { temporaryFolder } from "../testing/draw-files.test-support.js";
import { holdsNothing, listFolders } from "./list-folders.js";
import { type ListingOptions, listPictures } from "./list-pictures.js";
import { describePassedOver, PassedOverTally } from "./passed-over-tally.js";

let folder: string;

beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => rm(folder, { recursive: true }));

/** Empty files; a name that ends in a slash is a folder. */
async function put(name: string, ...files: readonly string[]): Promise<string> {
  for (const file of files) {
    const path = join(folder, name, file);
    if (file.endsWith("/")) await mkdir(path, { recursive: true });
    else {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, "");
    }
  }
  return join(folder, name);
}

async function list(at: string, options: ListingOptions = {}) {
  const passedOver = new PassedOverTally();
  const { files, deeper } = await listPictures(at, options, passedOver);
  return { stems: files.map((each) => each.stem), deeper, passedOver: passedOver.list() };
}

describe("a listing", () => {
  it("takes pictures of all endings, in upper and lower case, sorted by name", async () => {
    const names = pictureEndings.map((ending, i) => `p${String(i).padStart(2, "0")}.${ending}`);
    const at = await put("endings", ...names, "q.PNG", "r.JPEG", "a.b.tif");
    const { stems, passedOver } = await list(at);
    expect(stems).toEqual(["a.b", ...names.map((name) => name.slice(0, 3)), "q", "r"]);
    expect(passedOver).toEqual([]);
  });

  it("does not look at what systems leave behind", async () => {
    const junk = [
      "._p0.png",
      ".DS_Store",
      "Thumbs.db",
      "desktop.ini",
      "~$notes.png",
      "__MACOSX/p1.png",
      "@eaDir/p.jpg",
    ];
    const at = await put("junk", "p0.png", "empty/", ".hidden/p2.png", ...junk);
    expect(await list(at)).toEqual({ stems: ["p0"], deeper: 0, passedOver: [] });
    expect((await list(at, { recursive: true })).stems).toEqual(["p0"]);
    expect(await holdsNothing(join(at, "empty"))).toBe(true);
    expect(await holdsNothing(at)).toBe(false);
  });

  it("counts what it passes over, by reason", async () => {
    const at = await put(
      "mixed",
      "p0.png",
      "a.txt",
      "b.txt",
      "c.txt",
      "d.txt",
      "README",
      "pat1/p1.png",
      "pat1/x/p2.bmp",
    );
    const { stems, deeper, passedOver } = await list(at, { label: "A/image" });
    expect(stems).toEqual(["p0"]);
    expect(deeper).toBe(2);
    expect(passedOver.map(describePassedOver)).toEqual([
      "1 file passed over in A/image: without an ending of a picture (README)",
      "4 files passed over in A/image: .txt is not a picture's ending (a.txt, b.txt, c.txt, …)",
      "2 files passed over in A/image: they are in folders below; `recursive: true` takes them (pat1/, …)",
    ]);
  });

  it("takes what is deeper where asked, but not the folder of another part", async () => {
    const at = await put("deep", "pat1/a.png", "pat2/x/a.png", "b.png", "mask/b.png");
    const { stems } = await list(at, { recursive: true, except: [join(at, "mask")] });
    expect(stems).toEqual(["b", "pat1/a", "pat2/x/a"]);
  });

  it("follows links to files and folders, but not in circles", async () => {
    const at = await put("links", "p0.png", "sub/p1.png", "elsewhere.txt");
    await put("target", "p2.png");
    await symlink(join(folder, "target"), join(at, "linked"));
    await symlink(join(folder, "target/p2.png"), join(at, "p3.png"));
    await symlink(at, join(at, "sub/round"));
    await symlink("..", join(at, "sub/up"));
    expect((await list(at, { recursive: true })).stems).toEqual(["linked/p2", "p0", "p3", "sub/p1"]);
    expect((await listFolders(at)).map((each) => each.name)).toEqual(["linked", "sub"]);
  });

  it("names a link that leads nowhere, also one to itself", async () => {
    const at = await put("dangling", "p0.png");
    await symlink("nowhere.png", join(at, "p1.png"));
    await expect(list(at)).rejects.toMatchObject({ code: "FILE_MISSING", place: join(at, "p1.png") });
    await rm(join(at, "p1.png"));
    await symlink("not-mounted", join(at, "site2"));
    await expect(listFolders(at)).rejects.toMatchObject({ code: "FILE_MISSING", place: join(at, "site2") });
    await rm(join(at, "site2"));
    await symlink("p2.png", join(at, "p2.png"));
    await expect(list(at)).rejects.toMatchObject({ code: "FILE_MISSING", place: join(at, "p2.png") });
  });

  it("lists a picture that is gone where whoever reads it says so", async () => {
    const at = await put("lost", "p0.png");
    await symlink("nowhere.png", join(at, "p1.png"));
    await symlink("nowhere", join(at, "folder"));
    expect(await list(at, { takeLost: true })).toMatchObject({ stems: ["p0", "p1"] });
  });

  it("neither takes nor counts the caller's own files", async () => {
    const at = await put("own", "p0.png", "list.json", "deep/list.json", "deep/other.json");
    const { stems, passedOver } = await list(at, { recursive: true, own: ["list.json"] });
    expect(stems).toEqual(["p0"]);
    expect(passedOver).toMatchObject([{ folder: "deep", count: 1, examples: ["other.json"] }]);
  });

  it("gives names in one Unicode form", async () => {
    const at = await put("forms", "e\u0301.png");
    const { files } = await listPictures(at);
    expect(files[0]).toMatchObject({ stem: "\u00e9", spelled: "e\u0301" });
  });

  it("names a folder that is missing", async () => {
    const options = { next: "Set `root`." };
    await expect(list(join(folder, "none"), options)).rejects.toMatchObject({ code: "FOLDER_MISSING", ...options });
  });
});
