import { renderError, serializeError, unsetVariables, validateDocument } from "@eosin/core";
import { documentEnvironment } from "../document-environment.js";
import { exitCodes } from "../exit-codes.js";
import { loadPipelineDocument } from "../load-pipeline.js";
import type { PipelineOptions } from "../pipeline-options.js";

export async function validate(file: string, options: PipelineOptions): Promise<number> {
  const { document, registry } = await loadPipelineDocument(file, options);
  const errors = await validateDocument(document, registry, { env: documentEnvironment() });
  if (options.json) {
    process.stdout.write(`${JSON.stringify(errors.map(serializeError), null, 2)}\n`);
  } else if (errors.length === 0) {
    process.stdout.write(`${file}: valid (profile ${document.profile ?? "(none)"}, ${document.steps.size} steps)\n`);
    for (const { name, step } of unsetVariables(document, documentEnvironment())) {
      process.stdout.write(`  step ${step} needs the environment variable ${name}, which is not set\n`);
    }
  } else {
    for (const error of errors) {
      process.stderr.write(`${renderError(error, { color: process.stderr.isTTY === true })}\n\n`);
    }
  }
  return errors.length === 0 ? exitCodes.done : exitCodes.wrongInput;
}
