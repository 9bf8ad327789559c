import { z } from "../zod.js";
import { defineOptions } from "./command-option.js";

/** Options that have one meaning wherever they are; a command that narrows one gives it another `help`. */
export const sharedOptions = defineOptions({
  engine: { alias: "e", value: "name", help: "tensor engine: auto, torch, tensorflow, webgpu, wasm, cpu" },
  device: { value: "device", help: "device of the engine: cpu, cuda, cuda:1, … (default: its best)" },
  store: {
    value: "folder",
    help: "where outputs are kept (default: EOSIN_STORE, or .eosin in the working folder)",
  },
  plugin: {
    value: "name",
    repeatable: true,
    help: "also load this plugin: a package or a folder (repeatable)",
  },
  trust: { help: "import plugins from outside the project without asking, and remember them" },
  limit: {
    value: "name=count",
    repeatable: true,
    help: "let a plan be larger: instances=10000, values=1000000, characters=1000000 or samples=200000 unless said (repeatable)",
  },
});

const { engine, device, limit, store, trust } = sharedOptions;

/** What every command takes that reads a pipeline. */
export const pipelineOptions = defineOptions({
  profile: { alias: "p", value: "name", help: "profile of the document (default: its defaultProfile)" },
  set: {
    alias: "s",
    value: "path=value",
    repeatable: true,
    help: "override a value, e.g. params.alpha=0.5 or steps.train.with.batch=4 (repeatable)",
  },
  engine,
  device,
  precision: { value: "precision", schema: z.enum(["float32", "bfloat16"]), help: "precision of the engine" },
  limit,
  store,
  trust,
});
