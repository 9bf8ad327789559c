import { explainInstance } from "@eosin/core";
import { EosinError, nearestName } from "@eosin/plugin-api";
import { defineCommand, exitCodes, pipelineOptions } from "@eosin/plugin-api/commands";
import { loadPipeline } from "../load-pipeline.js";
import { print } from "../terminal.js";

const outcomes = { planned: "runs while planning", reused: "would be reused", "would-run": "would run" } as const;

export default defineCommand({
  name: "explain",
  arguments: {
    file: { help: "pipeline document (YAML)" },
    step: { help: "step or instance, e.g. train or train[fold-0]" },
  },
  options: { ...pipelineOptions, json: { help: "the explanation as JSON" } },
  async run(_, { arguments: { file, step }, options }) {
    const { plan, store } = await loadPipeline(file, options);
    const instances = plan.instances.filter((each) => each.id === step || each.step === step);
    if (instances.length === 0) {
      throw new EosinError({
        code: "UNKNOWN_STEP",
        message: `The plan has no step or instance ${step}.`,
        expected: `one of ${plan.instances.map((each) => each.id).join(", ")}`,
        found: step,
        didYouMean: nearestName(
          step,
          plan.instances.flatMap((each) => [each.step, each.id]),
        ),
        next: `pipe plan ${file}`,
      });
    }
    const explanations = [];
    for (const instance of instances) explanations.push(await explainInstance(plan, instance.id, store));
    if (options.json) {
      print(`${JSON.stringify(explanations, null, 2)}\n`);
    } else {
      for (const each of explanations) {
        print(`${each.instance}: ${outcomes[each.outcome]}\n`);
        for (const reason of each.reasons) print(`  ${reason}\n`);
      }
    }
    return exitCodes.done;
  },
});
