import type { JsonValue } from "@eosin/plugin-api";
import type { PipelineDocument } from "../../document/document.js";
import {
  childOf,
  type DocumentNode,
  type ListNode,
  type MapNode,
  type ReferenceUse,
  toJson,
} from "../../nodes/node.js";
import { isObject } from "../../schema/schema-view.js";
import { setByCore } from "../../schema/unknown-keys.js";
import { isHandle } from "../handles.js";
import type { Origin, Setting } from "./setting.js";

/** Walks values beside the options that they were parsed to, which hold the defaults too. */
export class SettingsWriter {
  readonly settings: Setting[] = [];

  constructor(readonly document: PipelineDocument) {}

  /** A value of the document itself, such as its seed. */
  own(path: string, value: JsonValue): void {
    const keys = path.split(".");
    const written = keys.reduce<JsonValue | undefined>(
      (at, key) => (isObject(at) ? at[key] : at),
      this.document.resolved as JsonValue,
    );
    const origin: Origin = written === value ? this.#originAt(this.document.placeOf(keys)) : byDefault("Eosin");
    this.settings.push({ path, value, origin });
  }

  /** One row for the whole value. */
  leaf(path: string, node: DocumentNode, via: ReferenceUse | undefined = node.via): void {
    const unset = node.kind === "scalar" && node.standIn === true && node.variable !== undefined;
    const value = unset ? `\${env.${node.variable}}` : toJson(node);
    // A reference to a step or an axis is as it is written: it brought itself.
    const brought = via !== undefined && via.text !== value;
    this.settings.push({ path, value, origin: this.#originOf(node), ...(brought ? { via } : {}) });
  }

  /**
   * A row for each value inside.
   * @param parsed The same value with defaults; absent where it is not known.
   * @param owner The component whose options these are.
   */
  write(
    path: string,
    node: DocumentNode,
    parsed: JsonValue | undefined,
    owner: string,
    via: ReferenceUse | undefined = node.via,
  ): void {
    if (node.kind === "scalar" || isOneRow(node, parsed)) {
      this.leaf(path, node, via);
      return;
    }
    if (node.kind === "list") {
      const names = itemNames(node.items.map(toJson));
      for (const [index, item] of node.items.entries()) {
        const inner = Array.isArray(parsed) ? (parsed[index] as JsonValue) : undefined;
        this.write(`${path}.${names[index]}`, item, inner, owner, item.via ?? via);
      }
      return;
    }
    const uses = childOf(node, "uses");
    const component = uses?.kind === "scalar" ? String(uses.value) : undefined;
    for (const [key, { node: child }] of node.entries) {
      const inner = key === "with" ? (component ?? owner) : owner;
      this.write(`${path}.${key}`, child, isObject(parsed) ? parsed[key] : undefined, inner, child.via ?? via);
    }
    if (!isObject(parsed) || isHandle(parsed)) return;
    for (const [key, value] of Object.entries(parsed)) {
      if (node.entries.has(key) || (component !== undefined && setByCore.includes(key))) continue;
      this.#writeDefault(`${path}.${key}`, value, key === "with" ? (component ?? owner) : owner);
    }
  }

  #writeDefault(path: string, value: JsonValue, owner: string): void {
    if (typeof value !== "object" || value === null || isEmpty(value)) {
      if (isObject(value) && path.endsWith(".with")) return;
      this.settings.push({ path, value, origin: byDefault(owner) });
      return;
    }
    if (Array.isArray(value)) {
      if (value.every((item: JsonValue) => typeof item !== "object")) {
        this.settings.push({ path, value, origin: byDefault(owner) });
        return;
      }
      const names = itemNames(value);
      for (const [index, item] of value.entries()) this.#writeDefault(`${path}.${names[index]}`, item, owner);
      return;
    }
    const component = isObject(value) && typeof value.uses === "string" ? value.uses : undefined;
    for (const [key, item] of Object.entries(value)) {
      if (component !== undefined && setByCore.includes(key)) continue;
      this.#writeDefault(`${path}.${key}`, item, key === "with" ? (component ?? owner) : owner);
    }
  }

  #originOf(node: DocumentNode): Origin {
    if (node.kind === "scalar" && node.variable !== undefined) {
      return { from: "environment", variable: node.variable, place: node.place };
    }
    return this.#originAt(node.place);
  }

  #originAt(place: DocumentNode["place"]): Origin {
    if (place.file.startsWith("--")) return { from: "flag", flag: place.file };
    const { profile } = this.document;
    if (profile !== undefined && this.document.inProfile(place)) return { from: "profile", profile, place };
    return { from: "file", place };
  }
}

function byDefault(of: string): Origin {
  return { from: "default", of };
}

/** Empty maps, and lists without maps. */
function isOneRow(node: MapNode | ListNode, parsed: JsonValue | undefined): boolean {
  if (node.kind === "map") return node.entries.size === 0 && isEmpty(parsed);
  return node.items.every((item) => item.kind === "scalar");
}

function isEmpty(value: JsonValue | undefined): boolean {
  if (value === undefined) return true;
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

/** The `uses` of components that occur once, numbers for all else. */
function itemNames(items: readonly JsonValue[]): readonly string[] {
  const uses = items.map((item) => (isObject(item) && typeof item.uses === "string" ? item.uses : undefined));
  return uses.map((each, index) =>
    each !== undefined && uses.filter((other) => other === each).length === 1 ? each : String(index),
  );
}
