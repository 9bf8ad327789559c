import path from "node:path";
import { EosinError, isEosinError, readTextFile, type SourcePlace } from "@eosin/plugin-api";
import { throwFound } from "../errors/error-group.js";
import { MAX_BYTES } from "../nodes/measure-yaml.js";
import { type DocumentNode, describeNode, type MapNode, mapEntries, nodeAt } from "../nodes/node.js";
import { parseYaml } from "../nodes/parse-yaml.js";
import { checkSchema } from "../schema/check-schema.js";
import { absolutePath } from "./absolute-path.js";
import { extendingFileSchema, fileSchema } from "./schema.js";

/** One file of a chain of `extends`. */
export interface DocumentLayer {
  readonly file: string;
  /** Without `extends` and `profiles`. */
  readonly body: MapNode;
  /** `null` where the file drops what it extends. */
  readonly profiles: ReadonlyMap<string, { readonly place: SourcePlace; readonly node: DocumentNode }>;
}

/** @param file Absolute. */
export type ReadText = (file: string) => Promise<string>;

const fromDisk: ReadText = (file) => readTextFile(file, { maxBytes: MAX_BYTES });

/** Files that extend each other; more than anybody can follow. */
const MAX_LAYERS = 64;

/**
 * Reads a document and what it extends, the outermost base first; each file is checked by itself.
 * @throws EosinError `DOCUMENT_MISSING`, `EXTENDS_CYCLE`, `EXTENDS_TOO_LONG`, those of `readTextFile`, of `parseYaml` and
 * of the schema
 */
export async function readLayers(file: string, read: ReadText = fromDisk): Promise<readonly DocumentLayer[]> {
  const layers: DocumentLayer[] = [];
  const baseFolder = path.dirname(file);
  let next: { file: string; place?: SourcePlace } | undefined = { file };
  while (next) {
    const root: MapNode = await readDocument(next.file, next.place, read);
    const base = nodeAt(root, ["extends"]);
    layers.unshift(layerOf(next.file, root, baseFolder));
    if (base?.kind !== "scalar") break;
    const file: string = absolutePath(String(base.value), path.dirname(next.file), base.place);
    next = { file, place: base.place };
    refuseCycle(layers, next.file, base.place);
    if (layers.length >= MAX_LAYERS) throw tooLong(base.place);
  }
  return layers;
}

function refuseCycle(layers: readonly DocumentLayer[], file: string, place: SourcePlace): void {
  if (!layers.some((layer) => layer.file === file)) return;
  const chain = [...layers.map((layer) => layer.file).reverse(), file].map((each) => path.basename(each));
  throw new EosinError({
    code: "EXTENDS_CYCLE",
    message: "The document extends itself.",
    place,
    found: chain.join(" → "),
    next: "Let one of them stop extending.",
  });
}

function tooLong(place: SourcePlace): EosinError {
  return new EosinError({
    code: "EXTENDS_TOO_LONG",
    message: "The document extends a longer chain of files than it may.",
    place,
    expected: `at most ${MAX_LAYERS} files`,
    found: `file ${MAX_LAYERS + 1} of the chain`,
    next: "Write what some of them say into one file.",
  });
}

async function readDocument(file: string, place: SourcePlace | undefined, read: ReadText): Promise<MapNode> {
  let text: string;
  try {
    text = await read(file);
  } catch (cause) {
    throw unreadable(cause, file, place);
  }
  const root = parseYaml({ file, text });
  if (root?.kind !== "map") {
    throw new EosinError({
      code: "INVALID_VALUE",
      message: "A pipeline document is a map.",
      place: root?.place ?? { file, line: 1, column: 1 },
      expected: "name, plugins and steps",
      found: root ? describeNode(root) : "an empty file",
    });
  }
  const schema = root.entries.has("extends") ? extendingFileSchema : fileSchema;
  const { faults } = checkSchema(root, { schema, owner: "pipeline documents", where: "" });
  throwFound(faults.map((fault) => fault.error));
  return root;
}

/** @param place Of `extends`; absent for the document itself. */
function unreadable(cause: unknown, file: string, place: SourcePlace | undefined): unknown {
  // What a run recorded has errors of its own, and text in another encoding a place of its own in the file.
  if (!isEosinError(cause) || !/^(FILE|TEXT)_/.test(cause.code) || typeof cause.place === "object") return cause;
  const missing = cause.code === "FILE_MISSING" || cause.code === "FILE_NOT_REGULAR";
  return new EosinError({
    ...cause,
    code: missing ? "DOCUMENT_MISSING" : cause.code,
    message: place ? "The document that this one extends cannot be read." : "The pipeline document cannot be read.",
    place: place ?? file,
    expected: cause.code === "FILE_MISSING" ? "a YAML file" : cause.expected,
    found: `${place ? `${file}: ` : ""}${cause.found}`,
    cause,
  });
}

function layerOf(file: string, root: MapNode, baseFolder: string): DocumentLayer {
  const body = new Map([...root.entries].filter(([key]) => key !== "extends" && key !== "profiles"));
  const plugins = body.get("plugins");
  if (plugins?.node.kind === "map") {
    const moved = rebasedPlugins(plugins.node, path.dirname(file), baseFolder);
    body.set("plugins", { place: plugins.place, node: moved });
  }
  return { file, body: { ...root, entries: body }, profiles: mapEntries(nodeAt(root, ["profiles"])) };
}

/** A plugin's folder is written relative to the file that names it, and held relative to the document that is run. */
function rebasedPlugins(plugins: MapNode, from: string, to: string): MapNode {
  if (from === to) return plugins;
  const entries = [...plugins.entries].map(([name, entry]) => {
    if (!name.startsWith(".")) return [name, entry] as const;
    const relative = path.relative(to, path.resolve(from, name)).split(path.sep).join("/");
    return [relative.startsWith(".") ? relative : `./${relative}`, entry] as const;
  });
  return { ...plugins, entries: new Map(entries) };
}
