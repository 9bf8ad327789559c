import { basename, dirname, relative, resolve } from "node:path";
import { type CommandContext, type ExitCode, exitCodes } from "@eosin/plugin-api/commands";
import { alignColumns } from "@eosin/support/align-columns";
import { formatBytes } from "@eosin/support/format-bytes";
import { oneLine } from "@eosin/support/one-line";
import { percent } from "./choose-recipe.js";
import { aboutMinutes } from "./choose-schedule.js";
import { type InitialPipeline, initFromData, nameOf } from "./init-from-data.js";
import { writeNewFiles } from "./write-new-files.js";

interface DataPipelineOptions {
  readonly output?: string;
  readonly with: readonly string[];
  readonly force: boolean;
  readonly trust: boolean;
}

/** Writes the pipeline of a data set, and says what was seen, what was chosen and what to type next. */
export async function writeDataPipeline(
  context: CommandContext,
  data: string,
  { output, with: options, force, trust }: DataPipelineOptions,
): Promise<ExitCode> {
  const file = resolve(output ?? `${nameOf(data)}.yaml`);
  const pipeline = await initFromData(context, { data, file, options, trust });
  if (pipeline === undefined) {
    context.output.printError("Interrupted. What was looked at is kept: the same command goes on from there.\n");
    return exitCodes.interrupted;
  }
  await writeNewFiles(dirname(file), new Map([[basename(file), pipeline.text]]), force, {
    elsewhere: "name another file (--output FILE)",
    overwrite: "pipe init --data FOLDER --force",
  });
  context.output.print(`${summary(pipeline, relative(process.cwd(), file)).map(oneLine).join("\n")}\n`);
  return exitCodes.done;
}

function summary(pipeline: InitialPipeline, file: string): string[] {
  const { facts, engine, memoryBytes, recipe, schedule, lines, name, missingWeights } = pipeline;
  const { encoder, pretrained, scale, window, split } = recipe;
  const { patches, domains, sides, tumour, free } = facts;
  const folds = split.value.folds;
  const initial = pretrained.value === "none" ? "from scratch" : "with ImageNet weights";
  const at = typeof scale.value === "number" ? `${scale.value} px` : `${scale.value.factor} of their size`;
  const where =
    engine.device === "cpu" ? `${engine.threads} ${engine.threads === 1 ? "thread" : "threads"}` : engine.device;
  return [
    ...alignColumns([
      [
        "data",
        `${patches} patches of ${domains.length} ${domains.length === 1 ? "domain" : "domains"}, sides ${sides.least}…${sides.most} px`,
      ],
      ["", `tumour on ${percent(tumour)} of the pixels, ${free} patches without any`],
      ...lines.filter(({ level }) => level === "warning").map(({ text }) => ["", `warning: ${text}`]),
      ["machine", `${engine.name}, ${where}, ${formatBytes(memoryBytes)} memory`],
      ["network", `U-Net on ${encoder.value}, ${initial}; patches at ${at}, windows of ${window.value} px`],
      ...(missingWeights === undefined ? [] : [["", missingWeights]]),
      [
        "training",
        `${split.value.uses}: ${folds === 1 ? "once" : `${folds} times`} ${schedule.steps} steps, about ${aboutMinutes(schedule.seconds)} each by an estimate`,
      ],
      ["written", `${file}, every value with its reason: read it, and change what you know better`],
      ["", ""],
      ["next", `pipe run ${file}`],
      ["", `pipe predict ${name} IMAGES… --out predicted`],
    ]),
  ];
}
