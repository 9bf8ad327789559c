import { join } from "node:path";
import { writeDurably } from "@eosin/support/durable-file";
import { type InstallationInfo, infoFile } from "./installation.js";

/** Whole or not at all: others may be reading it. */
export async function writeInfo(folder: string, info: InstallationInfo): Promise<void> {
  await writeDurably(join(folder, infoFile), `${JSON.stringify(info, null, 2)}\n`);
}
