import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { confirm } from "./confirm.js";

let keys: PassThrough;
let shown: string;

function terminal(): PassThrough {
  return Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {}, columns: 80 });
}

beforeEach(() => {
  keys = terminal();
  const screen = terminal();
  shown = "";
  screen.on("data", (data) => (shown += data));
  vi.spyOn(process, "stdin", "get").mockReturnValue(keys as unknown as typeof process.stdin);
  vi.spyOn(process, "stderr", "get").mockReturnValue(screen as unknown as typeof process.stderr);
});

afterEach(() => vi.restoreAllMocks());

describe("a question on the terminal", () => {
  it.each([
    ["y", "y\r", true],
    ["YES", "YES\r", true],
    ["no", "no\r", false],
    ["nothing", "\r", false],
    ["Ctrl-C", "\u0003", false],
    ["Ctrl-D", "\u0004", false],
  ])("answered with %s", async (_, typed, agreed) => {
    const answer = confirm("Really?");
    keys.write(typed);
    expect(await answer).toBe(agreed);
    expect(shown).toContain("Really? [y/N]");
  });

  it("whose input ends is answered with no", async () => {
    const answer = confirm("Really?");
    keys.end();
    expect(await answer).toBe(false);
  });

  it("is not asked where nobody sees it", async () => {
    Object.assign(keys, { isTTY: false });
    expect(await confirm("Really?")).toBe(false);
    expect(shown).toBe("");
  });

  it("ends when the command is interrupted", async () => {
    const interruption = new AbortController();
    const answer = confirm("Really?", interruption.signal);
    interruption.abort();
    await expect(answer).rejects.toMatchObject({ name: "AbortError" });
  });
});
