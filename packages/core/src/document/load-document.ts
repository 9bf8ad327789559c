import path from "node:path";
import { EosinError, type JsonObject, nearestName, type SourcePlace } from "@eosin/plugin-api";
import type { z } from "@eosin/plugin-api/zod";
import { throwFound } from "../errors/error-group.js";
import { isNull } from "../nodes/merge.js";
import { type DocumentNode, type MapNode, mapEntries, nearestNode, nodeAt, toJson } from "../nodes/node.js";
import { checkSchema } from "../schema/check-schema.js";
import type { EngineSettings, PipelineDocument, StepDeclaration } from "./document.js";
import { layOver } from "./lay-over.js";
import { type DocumentLayer, type ReadText, readLayers } from "./read-layers.js";
import { documentSchema } from "./schema.js";

export interface LoadDocumentOptions {
  /** Instead of the document's `defaultProfile`. */
  readonly profile?: string;
  /** `path=value`, in order. */
  readonly set?: readonly string[];
  /** Gives the text of a file; from the disk unless said. */
  readonly read?: ReadText;
}

/**
 * Reads a pipeline document: what it extends, in the profile; then itself, in the profile; then the flags, each laid
 * over the former. So a file's own values win over all that it extends.
 * @throws EosinError (or a group of them) with the place: syntax, unknown or duplicate keys, wrong values,
 * `UNKNOWN_PROFILE`, `BAD_SET`, `EXTENDS_CYCLE`
 */
export async function loadDocument(file: string, how: LoadDocumentOptions = {}): Promise<PipelineDocument> {
  const absolute = path.resolve(file);
  const layers = await readLayers(absolute, how.read);
  const profiles = profileNames(layers);
  const profile = how.profile ?? profileNamedBy(layers, "defaultProfile", profiles);
  if (profile !== undefined) requireProfile(profile, profiles, `--profile ${profile}`);
  const { root, dropped, inProfile } = layOver(layers, profile, how.set ?? []);
  const { data, faults } = checkSchema(root, { schema: documentSchema, owner: "pipeline documents", where: "" });
  throwFound(faults.map((fault) => fault.error));
  const document = data as z.output<typeof documentSchema>;
  return {
    file: absolute,
    files: layers.map((layer) => layer.file).reverse(),
    baseFolder: path.dirname(absolute),
    name: document.name,
    description: document.description,
    profile,
    referenceProfile: profileNamedBy(layers, "referenceProfile", profiles),
    profiles,
    plugins: document.plugins ?? {},
    secretRules: { secrets: document.secrets ?? [], notSecrets: document.notSecrets ?? [] },
    seed: document.seed ?? 0,
    engine: engineSettings(document.engine),
    params: nodesOf(nodeAt(root, ["params"])),
    steps: new Map([...mapEntries(nodeAt(root, ["steps"])).keys()].map((id) => [id, declarationOf(root, id)])),
    resolved: toJson(root) as JsonObject,
    dropped,
    inProfile,
    placeOf: (at) => nearestNode(root, at).place,
  };
}

function profileNames(layers: readonly DocumentLayer[]): readonly string[] {
  const names = new Set<string>();
  for (const layer of layers) {
    for (const [name, { node }] of layer.profiles) {
      if (isNull(node)) names.delete(name);
      else names.add(name);
    }
  }
  return [...names];
}

function profileNamedBy(
  layers: readonly DocumentLayer[],
  key: string,
  profiles: readonly string[],
): string | undefined {
  const node = layers.map(({ body }) => nodeAt(body, [key])).findLast((each) => each !== undefined);
  if (node?.kind !== "scalar") return undefined;
  if (node.value === null) return undefined;
  const profile = String(node.value);
  requireProfile(profile, profiles, node.place);
  return profile;
}

function requireProfile(profile: string, profiles: readonly string[], place: SourcePlace | string): void {
  if (profiles.includes(profile)) return;
  throw new EosinError({
    code: "UNKNOWN_PROFILE",
    message: `The document has no profile ${profile}.`,
    place,
    expected: profiles.length === 0 ? "no profile: the document has none" : `one of ${profiles.join(", ")}`,
    found: profile,
    didYouMean: nearestName(profile, profiles),
  });
}

function engineSettings(engine: z.output<typeof documentSchema>["engine"]): EngineSettings {
  const settings = typeof engine === "string" ? { name: engine } : engine;
  return { name: "auto", precision: "float32", ...settings };
}

function declarationOf(root: MapNode, id: string): StepDeclaration {
  const entry = mapEntries(nodeAt(root, ["steps"])).get(id)!;
  const uses = nodeAt(entry.node, ["uses"])!;
  const options = nodeAt(entry.node, ["with"]);
  return {
    id,
    uses: String(toJson(uses)),
    place: entry.place,
    usesPlace: uses.place,
    with: options?.kind === "map" ? options : { kind: "map", place: entry.place, entries: new Map() },
    each: nodesOf(nodeAt(entry.node, ["each"])),
    matrix: nodesOf(nodeAt(entry.node, ["matrix"])),
  };
}

function nodesOf(node: DocumentNode | undefined): ReadonlyMap<string, DocumentNode> {
  return new Map([...mapEntries(node)].map(([key, entry]) => [key, entry.node]));
}
