import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { pathWithPnpm, root } from "../packages/pinned-pnpm.js";
import type { LocalRegistry } from "./local-registry.js";

/** The workspace with what is built of it, in a folder of its own that may be versioned and published. */
export interface WorkspaceCopy {
  readonly folder: string;
  /** Version of every package, by name, as its package.json says now. */
  versions(): ReadonlyMap<string, string>;
  addChangeset(bumps: { readonly [name: string]: "patch" | "minor" | "major" }, summary: string): void;
  /** What `npm run version-packages` does after the build. */
  version(): Promise<void>;
  /** Builds one package again. */
  build(name: string): Promise<void>;
  /** What `npm run release` does after its checks. @returns Names and versions that were published. */
  publish(registry: LocalRegistry): Promise<readonly string[]>;
}

export async function copyWorkspace(folder: string): Promise<WorkspaceCopy> {
  mkdirSync(folder, { recursive: true });
  const parts = ["package.json", "pnpm-workspace.yaml", "tsconfig.base.json", "LICENSE", ".changeset", "packages"];
  for (const name of [...parts, "README.md", "pipelines", "docs", "benchmarks", "scripts", "test/surface"]) {
    // Links of packages to each other are relative: in the copy they lead to the copies.
    cpSync(join(root, name), join(folder, name), { recursive: true, verbatimSymlinks: true });
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  for (const manifest of manifests(folder)) withoutProvenance(manifest);

  const environment = { ...process.env, PATH: await pathWithPnpm() };
  const run = async (program: string, args: readonly string[], more: NodeJS.ProcessEnv = {}) => {
    const options = { cwd: folder, env: { ...environment, ...more }, maxBuffer: 1 << 26 };
    const { stdout } = await promisify(execFile)(program, args, options);
    return stdout;
  };
  await commitAll(run);

  return {
    folder,
    versions: () => new Map(manifests(folder).map((file) => [read(file).name, read(file).version])),
    addChangeset(bumps, summary) {
      const lines = Object.entries(bumps).map(([name, bump]) => `"${name}": ${bump}\n`);
      writeFileSync(join(folder, ".changeset/rehearsed.md"), `---\n${lines.join("")}---\n\n${summary}\n`);
    },
    version: async () => void (await run(process.execPath, ["scripts/version-packages.mjs"])),
    build: async (name) => void (await run("pnpm", ["--filter", name, "run", "build"])),
    async publish({ url, publisherConfig }) {
      const settings = { npm_config_registry: url, NPM_CONFIG_USERCONFIG: publisherConfig };
      const output = await run("pnpm", ["exec", "changeset", "publish", "--no-git-tag"], settings);
      return [...output.matchAll(/Published.*|(@eosin\/[\w-]+@\d+\.\d+\.\d+)/g)].flatMap(([, name]) => name ?? []);
    },
  };
}

interface Manifest {
  name: string;
  version: string;
  publishConfig: { provenance?: boolean };
}

function manifests(folder: string): readonly string[] {
  return readdirSync(join(folder, "packages")).map((name) => join(folder, "packages", basename(name), "package.json"));
}

function read(file: string): Manifest {
  return JSON.parse(readFileSync(file, "utf8")) as Manifest;
}

/** Provenance is signed by the service that builds a release; a registry on this machine has none. */
function withoutProvenance(file: string): void {
  const { publishConfig, ...manifest } = read(file);
  const { provenance: _, ...rest } = publishConfig;
  writeFileSync(file, `${JSON.stringify({ ...manifest, publishConfig: rest }, null, 2)}\n`);
}

async function commitAll(run: (program: string, args: readonly string[]) => Promise<string>): Promise<void> {
  // Changelogs name the commit that brought a changeset.
  await run("git", ["init", "--quiet", "--initial-branch=main"]);
  await run("git", ["add", ".changeset"]);
  await run("git", [
    "-c",
    "user.name=rehearsal",
    "-c",
    "user.email=rehearsal@localhost",
    "commit",
    "-qm",
    "changesets",
  ]);
}
