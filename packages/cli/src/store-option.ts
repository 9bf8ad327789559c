import { sharedOptions } from "@eosin/plugin-api/commands";

/** Of the commands that are about the store itself. */
export const storeItself = {
  ...sharedOptions.store,
  help: "the store (default: EOSIN_STORE, or .eosin in the working folder)",
} as const;
