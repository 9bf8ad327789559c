import type { AnyCommandDefinition } from "@eosin/plugin-api/commands";
import { createCommandContext } from "./command-context.js";
import type { GivenValues } from "./commander-command.js";

/** @returns What the command exits with. */
export async function runCommand(definition: AnyCommandDefinition, given: GivenValues): Promise<number> {
  const { context, release } = createCommandContext();
  try {
    return await definition.run(context, given);
  } finally {
    release();
  }
}
