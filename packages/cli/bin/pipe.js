#!/usr/bin/env node
// Stands in the repository, so that installing can link the command before anything is built.
await import("../dist/bin.js");
