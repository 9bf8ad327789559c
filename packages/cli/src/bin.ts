#!/usr/bin/env node
import module from "node:module";

// From Node 22 on compiled code is kept between starts; before, this does not exist.
(module as { enableCompileCache?: () => void }).enableCompileCache?.();

const { main } = await import("./main.js");
process.exitCode = await main(process.argv.slice(2));
