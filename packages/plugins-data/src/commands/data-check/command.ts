import { defineCommand, exitCodes, pipelineOptions } from "@eosin/plugin-api/commands";
import { checkText } from "./check-text.js";
import { checkedSteps } from "./checked-step.js";
import { documentOrFolder } from "./document-or-folder.js";
import { excludeText } from "./exclude-text.js";
import { ownExclude, ownPage, requireReplaceable } from "./own-file.js";
import { furtherPages, writePages } from "./pages.js";

/** Opens every file that a pipeline's data sets name, or that a folder holds, and reports all that is wrong at once. */
export default defineCommand({
  name: "data check",
  arguments: { file: { help: "pipeline document (YAML), or folder of images and masks" } },
  options: {
    ...pipelineOptions,
    out: { alias: "o", value: "file", default: "data-check.html", help: "page with figures and pictures" },
    writeExclude: {
      value: "file",
      help: "write the ids of samples at fault, for the option exclude of data sets",
    },
    fresh: { help: "look again at what was looked at before" },
    json: { help: "what was found as JSON" },
  },
  async run(context, { arguments: { file: target }, options }) {
    const { output, planData } = context;
    const { out, writeExclude, fresh, json } = options;
    const { file, text } = await documentOrFolder(target);
    await requireReplaceable(out, ownPage);
    if (writeExclude !== undefined) await requireReplaceable(writeExclude, ownExclude);
    const data = await planData({ ...options, file, text });
    for (const page of furtherPages(data.steps, out)) await requireReplaceable(page, ownPage);
    const status = output.statusLine();
    const { signal } = context;
    const looked = await data
      .look({ fresh, signal, progress: status.update })
      .catch((error: unknown) => {
        if (!signal.aborted) throw error;
      })
      .finally(status.end);
    if (looked === undefined) {
      output.printError("Interrupted. What was looked at is kept: the same command goes on from there.\n");
      return exitCodes.interrupted;
    }
    const steps = checkedSteps(data.steps, looked);
    const pages = await writePages(data.steps, looked, out, output);
    const problems = steps.flatMap((step) => step.problems);
    if (json) {
      const found = steps.map((step) => ({ ...step, page: pages.get(step.instance) }));
      output.print(`${JSON.stringify(found, null, 2)}\n`);
    } else output.print(`${checkText(steps, pages, output.colors).join("\n")}\n`);
    if (writeExclude !== undefined) {
      const ids = [...new Set(problems.flatMap(({ id }) => id ?? []))].sort();
      await output.writeFile(writeExclude, excludeText(ids), "Name another file with --write-exclude.");
      if (!json)
        output.print(`exclude ${writeExclude}  ${ids.length} ids, for the option \`exclude\` of the data set\n`);
    }
    return problems.length === 0 ? exitCodes.done : exitCodes.stepFailed;
  },
});
