import type { SourcePlace } from "@eosin/plugin-api";
import { refuseLeftOver } from "../nodes/list-changes/refuse-left-over.js";
import { isNull, mergeNodes } from "../nodes/merge.js";
import { type DocumentNode, type MapNode, mapEntries, nodeAt } from "../nodes/node.js";
import { setValue } from "../nodes/set-value.js";
import type { DocumentLayer } from "./read-layers.js";

export interface LaidOver {
  readonly root: MapNode;
  /** Steps that something dropped, and where. */
  readonly dropped: ReadonlyMap<string, SourcePlace>;
  /** Whether what is at a place belongs to the profile. */
  inProfile(place: SourcePlace): boolean;
}

/**
 * File by file, the outermost base first: what a file says, then what it says for the profile; then the flags.
 * @throws EosinError of `mergeNodes` and `setValue`
 */
export function layOver(
  layers: readonly DocumentLayer[],
  profile: string | undefined,
  set: readonly string[],
): LaidOver {
  const ofProfile = layers.map((layer) => (profile === undefined ? undefined : layer.profiles.get(profile)?.node));
  const disowned = ofProfile.findLastIndex((patch) => patch !== undefined && isNull(patch));
  const applied = ofProfile.map((patch, index) => (index > disowned ? patch : undefined));
  const patches = layers.flatMap(({ body }, index) => {
    const patch = applied[index];
    return patch ? [body, patch] : [body];
  });
  const dropped = new Map<string, SourcePlace>();
  let root: MapNode | undefined;
  for (const patch of patches) {
    root = root ? (mergeNodes(root, patch) as MapNode) : (patch as MapNode);
    for (const [id, step] of mapEntries(nodeAt(patch, ["steps"]))) if (isNull(step.node)) dropped.set(id, step.place);
  }
  for (const assignment of set) {
    const before = mapEntries(nodeAt(root!, ["steps"]));
    root = setValue(root!, assignment);
    const after = mapEntries(nodeAt(root, ["steps"]));
    for (const id of before.keys()) {
      if (!after.has(id)) dropped.set(id, { file: `--set ${assignment}`, line: 1, column: "--set ".length + 1 });
    }
  }
  refuseLeftOver(root!);
  const places = new Set<string>();
  for (const patch of applied) if (patch) collectPlaces(patch, places);
  return { root: root!, dropped, inProfile: (place) => places.has(keyOf(place)) };
}

function collectPlaces(node: DocumentNode, into: Set<string>): void {
  into.add(keyOf(node.place));
  if (node.kind === "list") for (const item of node.items) collectPlaces(item, into);
  if (node.kind === "map") {
    for (const entry of node.entries.values()) {
      into.add(keyOf(entry.place));
      collectPlaces(entry.node, into);
    }
  }
}

function keyOf({ file, line, column }: SourcePlace): string {
  return `${line}:${column}:${file}`;
}
