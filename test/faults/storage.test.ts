import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it, type TestContext } from "vitest";
import { crash, digests, type EndedRun, emptyFolder, runToEnd, storedHashes } from "./pipeline-run.js";
import { mountTmpfs, type Tmpfs } from "./tmpfs.js";

let expected: Awaited<ReturnType<typeof storedHashes>>;
let folder: string;
let mounted: Tmpfs | undefined;

beforeAll(async () => {
  const undisturbed = emptyFolder();
  await expectDone(await runToEnd(digests, undisturbed));
  expected = await storedHashes(undisturbed);
});

beforeEach(() => {
  folder = emptyFolder();
});

afterEach(() => {
  mounted?.unmount();
  mounted = undefined;
});

function mountOrSkip(context: TestContext, options: string): Tmpfs {
  mounted = mountTmpfs(folder, options);
  if (!mounted) context.skip("this machine does not let the tests mount a small file system");
  return mounted!;
}

async function expectDone({ code, output }: EndedRun): Promise<void> {
  expect(code, output).toBe(0);
}

describe("a disk that fills up", () => {
  it("is one clear error; with space again the run continues to the same hashes", async (context) => {
    const disk = mountOrSkip(context, "size=300k");
    const { code, output } = await runToEnd(digests, folder, ["--jobs", "1"]);
    expect(code).not.toBe(0);
    expect(output).toContain("The disk is full.");
    expect(output).toContain("Free some space");
    expect(output).not.toMatch(/\.js:\d+/);
    disk.remount("size=64m");
    await expectDone(await runToEnd(digests, folder));
    expect(await storedHashes(folder)).toEqual(expected);
  });
});

describe("a store that cannot be written to", () => {
  it("is one clear error where a file is in its place", async () => {
    const file = join(folder, "occupied");
    writeFileSync(file, "");
    expectUnwritable(await runToEnd(digests, file));
  });

  it("is one clear error where the disk is read-only, and keeps what it has", async (context) => {
    const disk = mountOrSkip(context, "size=64m");
    await expectDone(await runToEnd(digests, folder));
    disk.remount("ro");
    expectUnwritable(await runToEnd(digests, folder));
    expect(await storedHashes(folder)).toEqual(expected);
  });

  function expectUnwritable({ code, output }: EndedRun): void {
    expect(code).not.toBe(0);
    expect(output).toContain("The store cannot be written to");
    expect(output).toContain("--store DIR");
    expect(output).not.toMatch(/\.js:\d+/);
  }
});

describe("a damaged entry", () => {
  beforeEach(async () => expectDone(await runToEnd(digests, folder)));

  it("is computed again, and the run says so", async () => {
    const blobs = join(folder, "store/blobs");
    const blob = join(
      blobs,
      readdirSync(blobs, { recursive: true, encoding: "utf8" }).find((name) => name.length > 64)!,
    );
    const bytes = readFileSync(blob);
    bytes[bytes.length >> 1] ^= 1;
    chmodSync(blob, 0o644);
    writeFileSync(blob, bytes);
    const run = await runToEnd(digests, folder);
    await expectDone(run);
    expect(run.output).toMatch(
      /(left|right).*damaged and is computed again.*does not have the bytes that were written/,
    );
    expect(run.output).toMatch(/1 run, 2 reused/);
    expect(await storedHashes(folder)).toEqual(expected);
  });

  it("whose manifest was cut short is computed again", async () => {
    const artifacts = join(folder, "store/artifacts");
    const file = readdirSync(artifacts, { recursive: true, encoding: "utf8" }).find((name) => name.endsWith(".json"))!;
    writeFileSync(join(artifacts, file), readFileSync(join(artifacts, file)).subarray(0, 100));
    const run = await runToEnd(digests, folder);
    await expectDone(run);
    expect(run.output).toMatch(/damaged and is computed again/);
    expect(await storedHashes(folder)).toEqual(expected);
  });
});

describe("a step that crashes", () => {
  it("in native code fails alone, and says how", async () => {
    const { code, output } = await runToEnd(crash, folder);
    expect(code).toBe(1);
    expect(output).toMatch(/bad crashed \(SIGSEGV\)/);
    expect(output).toMatch(/after.*bad/);
    expect(output).toMatch(/1 run.*1 failed.*1 skipped/);
  });

  it("for want of memory fails alone, and says what to change", async () => {
    const small = { NODE_OPTIONS: "--max-old-space-size=60" };
    const { code, output } = await runToEnd(crash, folder, ["--set", "params.how=heap"], small);
    expect(code).toBe(1);
    expect(output).toContain("bad ran out of memory");
    expect(output).toContain("smaller batch");
    expect(output).toMatch(/1 run.*1 failed.*1 skipped/);
  });
});
