import { join, relative, resolve } from "node:path";
import { findPackageFolder } from "@eosin/core";
import { defineCommand, exitCodes, sharedOptions } from "@eosin/plugin-api/commands";
import { z } from "@eosin/plugin-api/zod";
import { alignColumns } from "@eosin/support/align-columns";
import { shippedPipelines } from "../init/shipped-pipelines.js";
import { writeNewFiles } from "../init/write-new-files.js";
import { installedPlugins } from "../installed-plugins.js";
import { schemaText } from "../schema-text.js";
import { print } from "../terminal.js";

/** Where the first lines of the pipelines look for the schema. */
const schemaFile = "schema/pipeline.schema.json";

/** One line, so that it stays one entry of a map. */
const dataOption = z
  .string()
  .regex(/^[a-zA-Z]+: *\S[^\n]*$/, { error: "An option as pipelines write it: 'NAME: VALUE'." });

export default defineCommand({
  name: "init",
  arguments: { folder: { optional: true, help: "where pipelines/ and schema/ go (default: the working folder)" } },
  options: {
    data: {
      value: "folder",
      help: "write one pipeline instead, for this folder of images and masks (or table of them, CSV): every value with its reason",
    },
    output: {
      alias: "o",
      value: "file",
      help: "with --data: where the pipeline goes (default: the folder's name, .yaml)",
    },
    with: {
      value: "option",
      repeatable: true,
      schema: dataOption,
      help: "with --data: an option of the data set as pipelines write it, e.g. 'classes: { tumour: 255 }' (repeatable)",
    },
    force: { help: "overwrite files that are there with other content" },
    trust: sharedOptions.trust,
  },
  async run(context, { arguments: { folder: target }, options }) {
    if (options.data !== undefined) {
      const { writeDataPipeline } = await import("../init/write-data-pipeline.js");
      return writeDataPipeline(context, options.data, options);
    }
    const folder = resolve(target ?? ".");
    const pipelines = [...(await shippedPipelines())].map(([name, text]) => [`pipelines/${name}`, text] as const);
    const schema = schemaText(await installedPlugins([], options.trust));
    const files = new Map([...pipelines, [schemaFile, schema]]);
    const { written, overwritten, unchanged } = await writeNewFiles(folder, files, options.force);
    const shown = relative(process.cwd(), folder);
    const counts = [
      [written.length, "written"],
      [overwritten.length, "overwritten"],
      [unchanged.length, "there already"],
    ].flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
    const documents = pipelines.filter(([name]) => name.endsWith(".yaml")).length;
    const commands = [
      ...(shown === "" ? [] : [[`cd ${shown}`, ""]]),
      ...(findPackageFolder("@eosin/cli", folder) ? [] : [["npm install @eosin/cli", "the command itself"]]),
      ["npx pipe run pipelines/cosas-multitask.yaml", "the paper's network on drawn patches, in minutes"],
    ];
    print(
      `${[
        `${documents} pipelines in ${join(shown, "pipelines")}, and what editors check them with in ${join(shown, schemaFile)}`,
        `files   ${counts.join(", ")}; ${join(shown, "pipelines/README.md")} lists them`,
        "",
        ...alignColumns(commands.map(([command, what], i) => [i === 0 ? "next" : "", command, what])),
      ].join("\n")}\n`,
    );
    return exitCodes.done;
  },
});
