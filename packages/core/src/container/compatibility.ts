import { API_VERSION, EosinError, type SourcePlace } from "@eosin/plugin-api";
import { coerce, gt, gtr, intersects, satisfies, validRange } from "../packed/semver.js";
import { isFolderRequest, type PluginPackage } from "./plugin-package.js";

const contract = "@eosin/plugin-api";

/** @throws EosinError `PLUGIN_VERSION`: the installed version is outside the document's range. */
export function checkVersionRange(plugin: string, version: string, range: string, place?: SourcePlace): void {
  if (validRange(range) === null) {
    throw new EosinError({
      code: "PLUGIN_VERSION",
      message: `The range of versions of the plugin ${plugin} cannot be read.`,
      place,
      expected: "a range such as ^1.2.0, ~1.2.0, >=1.0.0 <3 or *",
      found: range,
    });
  }
  if (satisfies(version, range, { includePrerelease: true })) return;
  throw new EosinError({
    code: "PLUGIN_VERSION",
    message: `The installed version of the plugin ${plugin} is outside the range that the document asks for.`,
    place,
    expected: `${plugin} ${range}`,
    found: `${plugin} ${version}`,
    next: `Install one that fits (npm install "${plugin}@${range}"), or change the range in the document.`,
  });
}

/**
 * What the plugin's package.json says that it was built for, before its code is loaded: that code may import what is
 * not there. A range that is none (`workspace:^`, `file:…`) says nothing.
 * @throws EosinError `PLUGIN_API_VERSION`
 */
export function checkContractRange(found: PluginPackage, place?: SourcePlace): void {
  const { peerDependencies, dependencies } = found.manifest;
  const range = peerDependencies[contract] ?? dependencies[contract];
  if (range === undefined || validRange(range) === null) return;
  if (intersects(range, `~${API_VERSION}`)) return;
  throw apiMismatch(found, `${contract} ${range}`, gtr(API_VERSION, range) ? "older" : "newer", place);
}

/**
 * What the plugin's definition says: a contract that adds to the one it was built for serves it, one that lacks
 * something or is of another major version does not.
 * @throws EosinError `PLUGIN_API_VERSION`
 */
export function checkApiVersion(found: PluginPackage, apiVersion: string, place?: SourcePlace): void {
  const built = coerce(apiVersion);
  if (built && satisfies(API_VERSION, `^${built}`)) return;
  const direction = built && gt(built, API_VERSION) ? "newer" : "older";
  throw apiMismatch(found, `apiVersion ${apiVersion}`, direction, place);
}

function apiMismatch(
  { request, manifest, folder }: PluginPackage,
  builtFor: string,
  direction: "older" | "newer",
  place?: SourcePlace,
): EosinError {
  const name = manifest.name ?? request;
  const update = isFolderRequest(request)
    ? `Build it for this one: npm install "${contract}@^${API_VERSION}" in ${folder}`
    : `Install a version that was built for it: npm install ${name}@latest`;
  return new EosinError({
    code: "PLUGIN_API_VERSION",
    message: `The plugin ${name} ${manifest.version} was built for ${direction === "older" ? "an older" : "a newer"} ${contract} than this Eosin has.`,
    place,
    expected: `apiVersion ${API_VERSION} (this Eosin's)`,
    found: `${builtFor} (${name} ${manifest.version})`,
    next: direction === "newer" ? "Update Eosin: npm install @eosin/cli@latest" : update,
  });
}
