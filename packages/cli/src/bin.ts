#!/usr/bin/env node
import module from "node:module";

// From Node 22 on compiled code is kept between starts; before, this does not exist.
(module as { enableCompileCache?: () => void }).enableCompileCache?.();

// `pipe list | head`: who has read enough closes the pipe, and the rest is for nobody.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(130);
  throw error;
});

const { main } = await import("./main.js");
process.exitCode = await main(process.argv.slice(2));
