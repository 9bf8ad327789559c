import { existsSync } from "node:fs";
import { join } from "node:path";
import { openStore, readLimits, ungroup, unsetVariables, validateDocument } from "@eosin/core";
import { isEosinError, serializeError } from "@eosin/plugin-api";
import { defineCommand, exitCodes, pipelineOptions } from "@eosin/plugin-api/commands";
import { documentEnvironment } from "../document-environment.js";
import { loadPipelineDocument } from "../load-pipeline.js";
import { rememberedLookLines } from "../look-lines.js";
import { eosinFolder } from "../store-folder.js";
import { print, printError, showError } from "../terminal.js";

export default defineCommand({
  name: "validate",
  arguments: { file: { help: "pipeline document (YAML)" } },
  options: { ...pipelineOptions, json: { help: "the errors as JSON" } },
  async run(_, { arguments: { file }, options }) {
    const loaded = await loadPipelineDocument(file, options).catch((error: unknown) => {
      // Who reads JSON gets JSON, also where the document is no document yet.
      if (!options.json || !isEosinError(error)) throw error;
      print(`${JSON.stringify(ungroup(error).map(serializeError), null, 2)}\n`);
    });
    if (loaded === undefined) return exitCodes.wrongInput;
    const { document, registry } = loaded;
    const errors = await validateDocument(document, registry, {
      env: documentEnvironment(),
      limits: readLimits(options.limit),
    });
    if (options.json) {
      print(`${JSON.stringify(errors.map(serializeError), null, 2)}\n`);
    } else if (errors.length === 0) {
      print(`${file}: valid (profile ${document.profile ?? "(none)"}, ${document.steps.size} steps)\n`);
      const folder = join(eosinFolder(options.store), "store");
      const looked = existsSync(folder) ? await rememberedLookLines(file, options, await openStore(folder)) : undefined;
      const datasets = [...document.steps.values()].filter(
        ({ uses }) => registry.find(uses)?.definition.kind === "dataset",
      );
      const unseen = datasets.length > 0 ? [`not looked at yet: pipe data check ${file}`] : [];
      for (const line of looked ?? unseen) print(`  ${line}\n`);
      for (const { name, step } of unsetVariables(document, documentEnvironment())) {
        print(`  step ${step} needs the environment variable ${name}, which is not set\n`);
      }
    } else {
      for (const error of errors) {
        showError(error);
        printError("\n");
      }
    }
    return errors.length === 0 ? exitCodes.done : exitCodes.wrongInput;
  },
});
