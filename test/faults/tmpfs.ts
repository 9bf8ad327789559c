import { execFileSync } from "node:child_process";

/** A file system of its own, as small as a test needs it. Only root may mount one, and not in every container. */
export interface Tmpfs {
  /** @param options As for `mount -o`, e.g. `size=64m` or `ro`. */
  remount(options: string): void;
  unmount(): void;
}

export function mountTmpfs(folder: string, options: string): Tmpfs | undefined {
  try {
    mount(["-t", "tmpfs", "-o", options, "tmpfs", folder]);
  } catch {
    return undefined;
  }
  return {
    remount: (changed) => mount(["-o", `remount,${changed}`, folder]),
    unmount: () => execFileSync("umount", ["-l", folder], { stdio: "ignore" }),
  };
}

function mount(args: readonly string[]): void {
  execFileSync("mount", args, { stdio: "ignore" });
}
