import { API_VERSION, EosinError, type SourcePlace } from "@eosin/plugin-api";
import semver from "semver";

/** @throws EosinError `PLUGIN_VERSION`: the installed version is outside the document's range. */
export function checkVersionRange(plugin: string, version: string, range: string, place?: SourcePlace): void {
  if (semver.validRange(range) === null) {
    throw new EosinError({
      code: "PLUGIN_VERSION",
      message: `The range of versions of the plugin ${plugin} cannot be read.`,
      place,
      expected: "a range such as ^1.2.0, ~1.2.0, >=1.0.0 <3 or *",
      found: range,
    });
  }
  if (semver.satisfies(version, range, { includePrerelease: true })) return;
  throw new EosinError({
    code: "PLUGIN_VERSION",
    message: `The installed version of the plugin ${plugin} is outside the range that the document asks for.`,
    place,
    expected: `${plugin} ${range}`,
    found: `${plugin} ${version}`,
    next: `Install one that fits (npm install "${plugin}@${range}"), or change the range in the document.`,
  });
}

/** @throws EosinError `PLUGIN_API_VERSION`: the plugin was built for another major (below 1.0: minor) version. */
export function checkApiVersion(plugin: string, version: string, apiVersion: string, place?: SourcePlace): void {
  const built = semver.coerce(apiVersion);
  const ours = semver.parse(API_VERSION)!;
  if (built && built.major === ours.major && (ours.major > 0 || built.minor === ours.minor)) return;
  const compatible = ours.major > 0 ? `${ours.major}.x` : `${ours.major}.${ours.minor}.x`;
  const newer = built !== null && semver.gt(built, ours);
  throw new EosinError({
    code: "PLUGIN_API_VERSION",
    message: `The plugin ${plugin} ${version} was built for another version of @eosin/plugin-api.`,
    place,
    expected: `apiVersion ${compatible} (this Eosin has ${API_VERSION})`,
    found: `apiVersion ${apiVersion}`,
    next: newer
      ? "Update Eosin: npm install @eosin/cli@latest"
      : `Install a version of ${plugin} that was built for ${compatible}, or build it anew against it.`,
  });
}
