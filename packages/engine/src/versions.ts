import { createRequire } from "node:module";
import { engineVersion } from "@eosin/engine-kit/definition";

const require = createRequire(import.meta.url);
const { version } = require("../package.json") as { version: string };

/** The version of an engine of this package over a library. */
export const versionWith = (library: string, libraryVersion: string): string =>
  engineVersion(version, library, libraryVersion);
