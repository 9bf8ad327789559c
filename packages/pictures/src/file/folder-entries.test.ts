import { expect, it, vi } from "vitest";
import { folderEntries } from "./folder-entries.js";

// Who runs the tests may be allowed everything.
vi.mock("node:fs/promises", async (original) => ({
  ...(await original<typeof import("node:fs/promises")>()),
  readdir: async (path: string) => {
    throw Object.assign(new Error(`permission denied, scandir '${path}'`), { code: "EACCES" });
  },
}));

it("a folder that this user may not read is not called missing", async () => {
  await expect(folderEntries("/data/A")).rejects.toMatchObject({
    code: "FOLDER_UNREADABLE",
    place: "/data/A",
    next: expect.stringContaining("chmod u+rx /data/A"),
  });
});
