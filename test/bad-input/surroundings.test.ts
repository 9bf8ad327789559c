import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mountTmpfs } from "../faults/tmpfs.js";
import { expectOneError } from "../fixtures/expect-one-error.js";
import { createWorkspace, type Workspace } from "../fixtures/workspace.js";
import { type PipeOutcome, pipeBin, pipeEnvironment } from "../run-pipe.js";

const toy = 'plugins: { "@eosin/plugins-data": "*" }\nsteps: { data: { uses: data/synthetic } }\n';
let workspace: Workspace;
beforeAll(() => {
  workspace = createWorkspace();
  workspace.write("toy.yaml", `name: toy\n${toy}`);
});
afterAll(() => workspace.remove());

/** `pipe` by way of a shell, in a folder that it may take away. */
function shell(script: string, cwd: string): Promise<PipeOutcome> {
  return new Promise((resolve) => {
    const env = { ...pipeEnvironment, PIPE: `${process.execPath} ${pipeBin}` };
    execFile("sh", ["-c", script], { cwd, env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

describe("what is in a document", () => {
  const sequence = "\u001b]0;pwn\u0007";

  it("does nothing to the terminal that shows it", async () => {
    const quoted = JSON.stringify(sequence);
    workspace.write("key.yaml", `name: key\n${toy}${quoted}: 1\n`);
    workspace.write("name.yaml", `name: ${quoted}\ndescription: ${quoted}\n${toy}`);
    workspace.write("value.yaml", `name: value\nparams: { a: ${quoted} }\n${toy}`);
    const outcomes = [
      await workspace.pipe("validate", "key.yaml"),
      await workspace.pipe("plan", "name.yaml"),
      await workspace.pipe("plan", "name.yaml", "--json"),
      await workspace.pipe("plan", "value.yaml", "--origin"),
      await workspace.pipe("graph", "name.yaml", "--format", "svg"),
      await workspace.pipe(sequence),
      await workspace.pipe("validate", `${sequence}.yaml`),
    ];
    for (const { stdout, stderr } of outcomes) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(stdout + stderr).not.toMatch(/[\u001b\u0007]/);
      expect(stdout + stderr).toContain("\\u001b]0;pwn\\u0007");
    }
    expect(JSON.parse(outcomes[2].stdout).document.name).toBe(sequence);
  });

  it("is printed in one place alone, by commands of plugins too", () => {
    const source = fileURLToPath(new URL("../../packages", import.meta.url));
    const printing = /^(cli\/src\/|plugins-[a-z]+\/src\/commands\/).*\.ts$/;
    const writers = readdirSync(source, { recursive: true, encoding: "utf8" })
      .filter((name) => printing.test(name) && !name.endsWith(".test.ts"))
      .filter((name) =>
        /\bstd(out|err)\.write\(|\bconsole\.|stream\.write\(/.test(readFileSync(join(source, name), "utf8")),
      );
    expect(writers.sort()).toEqual(["cli/src/bin.ts", "cli/src/terminal.ts"]);
  });
});

describe("a document that", () => {
  it("is a pipe or a device is refused", async () => {
    execFileSync("mkfifo", [join(workspace.folder, "fifo.yaml")]);
    const says = ["expected      a regular file"];
    const pipe = {
      exit: 2,
      code: "DOCUMENT_MISSING",
      at: "fifo.yaml",
      says: [...says, "a named pipe (FIFO)"],
    } as const;
    expectOneError(await workspace.pipe("validate", "fifo.yaml"), pipe);
    expectOneError(await workspace.pipe("run", "/dev/urandom"), { ...pipe, at: "/dev/urandom", says });
    workspace.write("extends.yaml", "extends: fifo.yaml\n");
    expectOneError(await workspace.pipe("plan", "extends.yaml"), { ...pipe, at: "extends.yaml:1:10" });
  });

  it("is UTF-16 is told so", async () => {
    workspace.write("utf16.yaml", Buffer.from(`\ufeffname: toy\n${toy}`, "utf16le"));
    const says = ["expected      UTF-8", "found         UTF-16", "Save it as UTF-8"];
    expectOneError(await workspace.pipe("validate", "utf16.yaml"), {
      exit: 2,
      code: "TEXT_ENCODING",
      at: "utf16.yaml",
      says,
    });
  });
});

it("a document that can be planned can be run, whatever its name", async () => {
  for (const name of ["n".repeat(300), "東京".repeat(100), "..", "a/b\\\\c", "a\\0b"]) {
    workspace.write("named.yaml", `name: "${name}"\n${toy}`);
    const outcome = await workspace.pipe("run", "named.yaml");
    expect(outcome, outcome.stderr).toMatchObject({ code: 0, stderr: "" });
  }
});

describe("standard output", () => {
  it("on a full disk is one line, and no success", async () => {
    const { code, stderr } = await shell("$PIPE list > /dev/full", workspace.folder);
    expect(code).toBe(1);
    expect(stderr).toBe("error Standard output cannot be written: the disk is full. [OUTPUT_UNWRITABLE]\n");
  });

  it("that is closed early ends the command in silence", async () => {
    const { stderr, stdout } = await shell("{ $PIPE list; echo $? >&2; } | head -1", workspace.folder);
    expect(stdout.split("\n")).toHaveLength(2);
    expect(stderr).toMatch(/^(0|130)\n$/);
  });

  it("is not needed for errors to keep their exit code", async () => {
    expect((await shell("$PIPE validate nowhere.yaml 2> /dev/full", workspace.folder)).code).toBe(2);
  });
});

it.each(["validate ../toy.yaml", "list", "run ../toy.yaml"])(
  "a working folder that was deleted: pipe %s",
  async (command) => {
    const gone = join(workspace.folder, "gone");
    mkdirSync(gone, { recursive: true });
    const outcome = await shell(`rmdir "$PWD" && $PIPE ${command}`, gone);
    rmSync(gone, { recursive: true, force: true });
    expectOneError(outcome, {
      exit: 2,
      code: "NO_WORKING_FOLDER",
      at: undefined,
      says: ["next          Change to another"],
    });
  },
);

it("a file system that is read-only, without a store", async (context) => {
  const folder = join(workspace.folder, "read-only");
  mkdirSync(folder);
  const disk = mountTmpfs(folder, "size=1m");
  if (disk === undefined) return context.skip("only root may mount a file system");
  try {
    await shell("cp ../toy.yaml .", folder);
    disk.remount("ro");
    expect((await shell("$PIPE validate toy.yaml", folder)).code).toBe(0);
    for (const command of ["plan", "run", "graph"]) {
      const outcome = await shell(`$PIPE ${command} toy.yaml`, folder);
      expectOneError(outcome, { exit: 1, code: "STORE_UNWRITABLE", at: join(folder, ".eosin"), says: ["--store DIR"] });
    }
  } finally {
    disk.unmount();
  }
});
