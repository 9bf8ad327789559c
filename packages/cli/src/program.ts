import { Command, InvalidArgumentError, Option } from "commander";
import { cliVersion } from "./package-info.js";

type Exit = (code: number) => void;

const engineHelp = "tensor engine: auto, torch, tensorflow, webgpu, wasm, cpu";
const trustHelp = "import plugins from outside the project without asking, and remember them";
const rangeHelp = "what images of more than 8 bits go up to, e.g. 4095";
const pageHelp = "which picture of files that hold several, from 1";
const maxPixelsHelp = "pixels of the largest image that is opened (default: 268435456)";
const deviceHelp = "device of the engine: cpu, cuda, cuda:1, … (default: its best)";

const limitHelp =
  "let a plan be larger: instances=10000, values=1000000, characters=1000000 or samples=200000 unless said (repeatable)";

/** Options of the commands that read a pipeline. */
function pipelineCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .argument("<file>", "pipeline document (YAML)")
    .option("-p, --profile <name>", "profile of the document (default: its defaultProfile)")
    .option(
      "-s, --set <path=value>",
      "override a value, e.g. params.alpha=0.5 or steps.train.with.batch=4 (repeatable)",
      collect,
      [] as string[],
    )
    .option("-e, --engine <name>", engineHelp)
    .option("--device <device>", deviceHelp)
    .addOption(new Option("--precision <precision>", "precision of the engine").choices(["float32", "bfloat16"]))
    .option("--limit <name=count>", limitHelp, collect, [] as string[])
    .option("--store <folder>", "where outputs are kept (default: EOSIN_STORE, or .eosin in the working folder)")
    .option("--trust", trustHelp);
}

function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}

/**
 * The whole command line. Commands are imported when they are used, so that `pipe --help` loads next to nothing.
 * @param exit Receives the exit code of the command that ran.
 * @param refuse Receives what a command says that is not understood.
 */
export function createProgram(exit: Exit, refuse: (text: string) => void): Command {
  const program = new Command("pipe")
    .description("Trains and judges stain-separating segmentation networks from declarative pipelines.")
    .version(cliVersion(), "-V, --version")
    .exitOverride()
    .configureHelp({ sortSubcommands: false, showGlobalOptions: false })
    .showHelpAfterError("Run `pipe --help` for the commands, `pipe <command> --help` for their options.");

  const add = (command: Command, load: () => Promise<(...args: never[]) => Promise<number>>) => {
    command.exitOverride().action(async (...args: unknown[]) => {
      const run = (await load()) as (...args: unknown[]) => Promise<number>;
      exit(await run(...args.slice(0, -1)));
    });
    program.addCommand(command);
  };

  add(
    pipelineCommand("run", "Run a pipeline: what is stored is reused, what was cut off continues")
      .option("-j, --jobs <count>", "instances that run at once (default: as many as the cores allow)", positiveInteger)
      .option("--fresh", "run every step again, stored or not, and read every file again")
      .option("--dry-run", "say what would run, and run nothing")
      .option("--json", "events as JSON lines on standard output"),
    async () => (await import("./commands/run.js")).run,
  );
  add(
    pipelineCommand("plan", "Show what a run would do, with the memory that training needs")
      .option("--origin", "show instead where each value comes from: file and line, profile, flag or default")
      .option("--json", "the plan as JSON"),
    async () => (await import("./commands/plan.js")).plan,
  );
  add(
    pipelineCommand("validate", "Check a pipeline and every option in it").option("--json", "the errors as JSON"),
    async () => (await import("./commands/validate.js")).validate,
  );
  const data = new Command("data").description("Look at data before anything is trained on it");
  const check = pipelineCommand(
    "check",
    "Open every file of a pipeline's data sets, or of a folder, and report all faults",
  )
    .option("-o, --out <file>", "page with figures and pictures", "data-check.html")
    .option("--write-exclude <file>", "write the ids of samples at fault, for the option exclude of data sets")
    .option("--fresh", "look again at what was looked at before")
    .option("--json", "what was found as JSON");
  check.registeredArguments[0].description = "pipeline document (YAML), or folder of images and masks";
  check
    .exitOverride()
    .action(async (target, options) => exit(await (await import("./commands/data/check.js")).check(target, options)));
  program.addCommand(data.exitOverride().addCommand(check));
  add(
    pipelineCommand("explain", "Say why a step would run again, or would not")
      .argument("<step>", "step or instance, e.g. train or train[fold-0]")
      .option("--json", "the explanation as JSON"),
    async () => (await import("./commands/explain.js")).explain,
  );
  add(
    pipelineCommand("graph", "Draw the steps of a pipeline, coloured by what is stored, would run, or failed")
      .addOption(
        new Option("-f, --format <format>", "picture or text (default: by the name of --out, else mermaid)").choices([
          "svg",
          "mermaid",
        ]),
      )
      .option("-o, --out <file>", "write to this file instead of standard output")
      .option("--instances", "a box for each instance, not for each step"),
    async () => (await import("./commands/graph.js")).graph,
  );
  add(
    new Command("diff")
      .description("Show what differs between two pipelines or runs: options with their origins, plugins, engine, data")
      .argument("<a>", "document (YAML), folder or name of a run, or name of a document (its newest run)")
      .argument("<b>", "likewise")
      .option("-p, --profile <name>", "profile of both documents (default: their defaultProfile)")
      .option("--profile-a <name>", "profile of the first alone")
      .option("--profile-b <name>", "profile of the second alone")
      .option("-s, --set <path=value>", "override a value of both (repeatable)", collect, [] as string[])
      .option("--set-a <path=value>", "override a value of the first alone (repeatable)", collect, [] as string[])
      .option("--set-b <path=value>", "override a value of the second alone (repeatable)", collect, [] as string[])
      .option("--limit <name=count>", limitHelp, collect, [] as string[])
      .option("--store <folder>", "where outputs are kept (default: EOSIN_STORE, or .eosin in the working folder)")
      .option("--trust", trustHelp)
      .option("--json", "the differences as JSON"),
    async () => (await import("./commands/diff.js")).diff,
  );
  add(
    new Command("init")
      .description("Write the paper's pipelines and their ablations into a folder, to run and to change")
      .argument("[folder]", "where pipelines/ and schema/ go (default: the working folder)")
      .option("--force", "overwrite files that are there with other content")
      .option("--trust", trustHelp),
    async () => (await import("./commands/init.js")).init,
  );
  add(
    new Command("list")
      .description("List the components that pipelines can use")
      .argument("[kind-or-type]", "only this kind (augmenter) or this component (stain/randstainna, with its options)")
      .option("--plugin <name>", "also load this plugin: a package or a folder (repeatable)", collect, [] as string[])
      .option("--trust", trustHelp)
      .option("--json", "the components as JSON"),
    async () => (await import("./commands/list.js")).list,
  );
  add(
    new Command("predict")
      .description("Segment images with a trained model: masks and probability maps as PNG")
      .argument("<run>", "folder or name of a run that trained a model, or name of a document (its newest run)")
      .argument("<images...>", "image files, and folders that are searched with all below them")
      .requiredOption(
        "-o, --out <folder>",
        "where masks/, probabilities/ and predictions.json go; only earlier predictions are overwritten",
      )
      .option("-m, --model <instance>", "which model, where the run has more than one, e.g. fold-0")
      .option("--rotations <degrees>", "test-time augmentation, comma-separated", "0,90,180,270")
      .option("--threshold <p>", "probability from which a pixel is tumour", "0.5")
      .option("--range <value>", `${rangeHelp} (default: the model's, else one that holds all)`)
      .option("--page <number>", pageHelp, positiveInteger)
      .option("--max-pixels <count>", maxPixelsHelp, positiveInteger)
      .option("-e, --engine <name>", engineHelp, "auto")
      .option("--device <device>", deviceHelp)
      .option("--store <folder>", "the store of the run (default: beside the run)")
      .option("--trust", trustHelp)
      .option("--json", "what was written, what failed and what was passed over, as JSON"),
    async () => (await import("./commands/predict.js")).predict,
  );
  add(
    new Command("stain")
      .description("Draw a sheet to judge stains by: separated, normalised and augmented pictures of images")
      .argument("<images...>", "image files, and folders that are searched with all below them")
      .option(
        "-t, --target <file>",
        "picture, or saved target, that normalizers aim at (default: the image nearest the median colour)",
      )
      .option("--save-target <file>", "write the normalizer's target as JSON, for the option target in pipelines")
      .option("--separator <component>", "what the stains are separated with (default: stain/spcn-separator)")
      .option(
        "--normalizer <component>",
        "a type, or { uses, with } as YAML (repeatable; default: stain/spcn)",
        collect,
        [] as string[],
      )
      .option(
        "--augmenter <component>",
        "likewise (repeatable; default: stain/randstainna and stain/separation-augment)",
        collect,
        [] as string[],
      )
      .option("--draws <count>", "pictures of each augmenter, 0 for none", wholeNumber, 4)
      .option("--seed <number>", "seed of the augmentations", wholeNumber, 42)
      .option(
        "--size <pixels>",
        "longest side at which images are separated; larger ones are reduced",
        positiveInteger,
        2048,
      )
      .option("--range <value>", `${rangeHelp} (default: one that holds all)`)
      .option("--page <number>", pageHelp, positiveInteger)
      .option("--max-pixels <count>", maxPixelsHelp, positiveInteger)
      .option("-o, --out <file>", "the sheet", "stain-sheet.html")
      .option("--plugin <name>", "also load this plugin: a package or a folder (repeatable)", collect, [] as string[])
      .option("--trust", trustHelp),
    async () => (await import("./commands/stain.js")).stain,
  );
  add(
    new Command("compare")
      .description("Compare runs, or the points of one sweep: figures, paired differences, settings, pictures")
      .argument("<runs...>", "folders or names of runs, or names of documents (their newest run)")
      .option("-o, --out <file>", "the page (default: compare.html; with --json none)")
      .option("--reference <name>", "what the others are compared with (default: the first)")
      .option("--baselines", "compare the runs' baselines too")
      .option("--trust", trustHelp)
      .option("--seed <number>", "seed of the bootstrap", wholeNumber, 0)
      .option("--store <folder>", "the store of the runs (default: EOSIN_STORE, or .eosin in the working folder)")
      .option("--json", "the comparison as JSON"),
    async () => (await import("./commands/compare.js")).compare,
  );
  add(
    new Command("rerun")
      .description("Repeat a run from its folder: its documents, profile, flags and variables as they were")
      .argument("<run>", "folder or name of a run, or name of a document (its newest run)")
      .option("--locked", "only with the plugins, data and engine it had, or say what is missing")
      .option(
        "--env <name=value>",
        "another value of a variable, e.g. where the data lies now (repeatable)",
        collect,
        [] as string[],
      )
      .option("-j, --jobs <count>", "instances that run at once (default: as many as the cores allow)", positiveInteger)
      .option("--fresh", "run every step again, stored or not, and read every file again")
      .option("--store <folder>", "where outputs are kept (default: beside the run)")
      .option("--trust", trustHelp)
      .option("--json", "events as JSON lines on standard output"),
    async () => (await import("./commands/rerun.js")).rerun,
  );
  const engine = new Command("engine").description("Tensor engines: what computes here, and installing what could");
  const engines = () => import("./commands/engine.js");
  engine
    .command("list")
    .description("Show the engines, and what would enable those that are missing")
    .option("--trust", trustHelp)
    .option("--json", "the engines as JSON")
    .exitOverride()
    .action(async (options) => exit(await (await engines()).list(options)));
  engine
    .command("install")
    .description("Find, download or build what an engine needs, outside the clone")
    .argument("<name>", "torch, tensorflow, tensorflow-gpu or webgpu")
    .option("-y, --yes", "agree to everything that would be asked")
    .option("--force", "build anew what is there already")
    .option("--trust", trustHelp)
    .exitOverride()
    .action(async (name: string, options) => exit(await (await engines()).install(name, options)));
  program.addCommand(engine.exitOverride());
  const weights = new Command("weights").description("Published weights of encoders");
  weights
    .command("fetch")
    .description("Download the ImageNet weights of an encoder, checked and resumable")
    .argument("<name>", "efficientnet-b0 … efficientnet-b7")
    .exitOverride()
    .action(async (name: string) => exit(await (await import("./commands/weights.js")).fetch(name)));
  program.addCommand(weights.exitOverride());
  const plugin = new Command("plugin").description("Write a plugin of your own, and look at those that are installed");
  const morePlugins = "also load this plugin: a package or a folder (repeatable)";
  plugin
    .command("new")
    .description("Write a package with one component, its test and an example pipeline; asks what is not given")
    .argument("[name]", "of the package, e.g. brightness or @my-lab/brightness")
    .option("-k, --kind <kind>", "augmenter, normalizer, separator, loss, network, metric, … (asked for otherwise)")
    .option("-o, --out <folder>", "where it goes (default: a folder of its name)")
    .exitOverride()
    .action(async (name, options) => exit(await (await import("./commands/plugin/new.js")).create(name, options)));
  plugin
    .command("list")
    .description("List the plugins that are installed: versions, contract, components, and where they are loaded from")
    .option("--plugin <name>", morePlugins, collect, [] as string[])
    .option("--trust", trustHelp)
    .option("--json", "the plugins as JSON")
    .exitOverride()
    .action(async (options) => exit(await (await import("./commands/plugin/list.js")).list(options)));
  plugin
    .command("info")
    .description(
      "Show a plugin or a component: options with types, ranges and defaults, version, and where it is loaded from",
    )
    .argument("<plugin-or-type>", "a package, a folder, or a component such as stain/randstainna")
    .option("--plugin <name>", morePlugins, collect, [] as string[])
    .option("--trust", trustHelp)
    .option("--json", "the same as JSON")
    .exitOverride()
    .action(async (name, options) => exit(await (await import("./commands/plugin/info.js")).info(name, options)));
  plugin
    .command("reference")
    .description("Write the reference of all components as Markdown, from their schemas")
    .argument("[plugins...]", "only of these plugins: packages or folders")
    .option("-o, --out <file>", "write to this file instead of standard output")
    .option("--trust", trustHelp)
    .exitOverride()
    .action(async (names, options) =>
      exit(await (await import("./commands/plugin/reference.js")).reference(names, options)),
    );
  program.addCommand(plugin.exitOverride());
  add(
    new Command("schema")
      .description("Write the JSON Schema of pipelines for the plugins that are installed")
      .option("-o, --out <file>", "write to this file instead of standard output")
      .option("--plugin <name>", "also load this plugin: a package or a folder (repeatable)", collect, [] as string[])
      .option("--trust", trustHelp),
    async () => (await import("./commands/schema.js")).schema,
  );
  add(
    new Command("doctor")
      .description("Show the machine, the engines and the plugins, and what would enable what is missing")
      .option("--trust", trustHelp)
      .option("--json", "the findings as JSON"),
    async () => (await import("./commands/doctor.js")).doctor,
  );
  add(
    new Command("verify")
      .description("Read the whole store, and say what is damaged and what computes it anew")
      .option("--store <folder>", "the store (default: EOSIN_STORE, or .eosin in the working folder)")
      .option("--json", "the findings as JSON"),
    async () => (await import("./commands/verify.js")).verify,
  );
  add(
    new Command("clean")
      .description("Remove stored outputs that no kept run refers to")
      .option("--keep <runs>", "newest runs to keep", positiveInteger, 10)
      .option("--all", "remove every run and every stored output")
      .option("--store <folder>", "the store (default: EOSIN_STORE, or .eosin in the working folder)"),
    async () => (await import("./commands/clean.js")).clean,
  );
  add(
    new Command("exec")
      .description("Run one instance of a plan, as schedulers do: reads and writes the store")
      .argument("<plan>", "plan.json of a run")
      .argument("<instance>", "e.g. train[fold-0]")
      .option("--fresh", "run it again, stored or not")
      .option("--trust", "import the plugins of the plan without asking, and without remembering them")
      .option("--store <folder>", "the store (default: EOSIN_STORE, or beside the plan's run)"),
    async () => (await import("./commands/exec.js")).exec,
  );
  tellRefusals(program, refuse);
  return program;
}

function tellRefusals(command: Command, writeErr: (text: string) => void): void {
  command.configureOutput({ writeErr });
  for (const inner of command.commands) tellRefusals(inner, writeErr);
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isSafeInteger(value) || value < 0) {
    throw new InvalidArgumentError("Expected a whole number from 0.");
  }
  return value;
}

function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new InvalidArgumentError("Expected a whole number from 1.");
  }
  return value;
}
