import { showPlace } from "@eosin/plugin-api";
import type { Origin, Setting } from "./setting.js";

/** `pipelines/a.yaml:12 (profile demo), by ${params.alpha} at pipelines/a.yaml:40`, `--set seed=1`, `default of model/adam` */
export function describeOrigin({ origin, via }: Pick<Setting, "origin" | "via">, cwd: string = process.cwd()): string {
  const said = describe(origin, cwd);
  return via === undefined ? said : `${said}, by ${via.text} at ${fileAndLine(via.place, cwd)}`;
}

function describe(origin: Origin, cwd: string): string {
  switch (origin.from) {
    case "file":
      return fileAndLine(origin.place, cwd);
    case "profile":
      return `${fileAndLine(origin.place, cwd)} (profile ${origin.profile})`;
    case "flag":
      return origin.flag;
    case "environment":
      return `${origin.variable} of the environment`;
    case "default":
      return `default of ${origin.of}`;
  }
}

function fileAndLine(place: Parameters<typeof showPlace>[0], cwd: string): string {
  return place.file.startsWith("--") ? place.file : showPlace(place, cwd).replace(/:\d+$/, "");
}
