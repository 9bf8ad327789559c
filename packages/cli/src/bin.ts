#!/usr/bin/env node
import module from "node:module";

// From Node 22 on compiled code is kept between starts; before, this does not exist.
(module as { enableCompileCache?: () => void }).enableCompileCache?.();

// `pipe list | head`: the reader closes the pipe when it has enough, and nobody reads the rest.
process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
  if (code === "EPIPE") process.exit(130);
  const why = code === "ENOSPC" || code === "EDQUOT" ? "the disk is full" : message;
  process.stderr.write(`error Standard output cannot be written: ${why}. [OUTPUT_UNWRITABLE]\n`);
  process.exit(1);
});
// Nobody is left to be told; the exit code says it.
process.stderr.on("error", () => undefined);

const { main } = await import("./main.js");
process.exitCode = await main(process.argv.slice(2));
