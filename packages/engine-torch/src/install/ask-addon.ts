import { installFailure } from "./install-failure.js";
import type { TorchAbout } from "./installation.js";
import { runCommand } from "./run-command.js";

/** In a process of its own: a library that crashes while it is loaded ends only that one. */
const question = "process.stdout.write(JSON.stringify(require(process.argv[1]).about()))";

/** @throws EosinError `ENGINE_INSTALL_FAILED` where the addon cannot be loaded. */
export async function askAddon(addon: string, signal?: AbortSignal): Promise<TorchAbout> {
  const { status, stdout, stderr } = await runCommand(process.execPath, ["-e", question, addon], { signal });
  if (status === 0) return JSON.parse(stdout) as TorchAbout;
  const reason =
    stderr.split("\n").find((line) => /Error: /.test(line)) ?? `the process ended with ${status ?? "a signal"}`;
  throw installFailure({
    message: "The addon of the engine torch was built, but cannot be loaded.",
    found: reason.trim(),
    next: "Use a libtorch and a compiler of this machine's own (LIBTORCH, CXX), then pipe engine install torch --force",
  });
}
