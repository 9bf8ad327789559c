import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { EosinError, type JsonObject, type JsonValue, type PlannedOutput } from "@eosin/plugin-api";
import { messageOf } from "@eosin/support/message-of";
import { sha256Of } from "@eosin/support/sha256";
import { isObject } from "../schema/schema-view.js";
import { jsonLength } from "./limits/json-length.js";
import type { Plan } from "./plan.js";
import { parsePlan, planText } from "./plan-text.js";

/** Values of as many characters are files of their own: whoever runs one instance reads those that it opens. */
const ownFileFrom = 64 * 1024;
/** Beside the plan; a file is named by the SHA-256 of its bytes, so equal values are one file. */
const folderName = "planned";

/** What stands for such a value in the plan, and inside the values of others. */
interface Kept extends JsonObject {
  readonly $file: string;
}

/**
 * Writes a plan as files: small itself, however many samples it has. Values that others hold, such as the data set of a
 * split, are written once.
 * @throws EosinError `PLAN_TOO_LARGE`
 */
export function writePlanFile(file: string, plan: Plan): void {
  const writer = new ValueWriter(join(dirname(file), folderName));
  writeFileSync(file, planText({ ...plan, planned: writer.keep(plan.planned) }));
}

/**
 * Reads what {@link writePlanFile} or {@link planText} wrote. Values in files of their own are read when someone looks at
 * them, with `PLAN_DAMAGED` where one is missing or other than it was.
 */
export function readPlanFile(file: string): Plan {
  const plan = parsePlan(readFileSync(file, "utf8"));
  const reader = new ValueReader(join(dirname(file), folderName));
  for (const output of Object.values(plan.planned ?? {})) reader.open(output);
  return plan;
}

class ValueWriter {
  readonly #kept = new Map<JsonValue, Kept>();
  #made = false;

  constructor(readonly folder: string) {}

  keep(planned: Plan["planned"]): Plan["planned"] {
    const outputs = Object.entries(planned);
    // Values first: items of others hold them.
    const values = outputs.map(([id, output]) => [id, "value" in output ? this.#output(output) : output] as const);
    const all = values.map(([id, output]) => {
      if (!("items" in output)) return [id, output] as const;
      const items = output.items.map((item) => this.#output({ ...item, value: this.#shortened(item.value) }));
      return [id, { ...output, items }] as const;
    });
    return Object.fromEntries(all);
  }

  #output<Output extends { readonly value: JsonValue; readonly identity: JsonValue }>(output: Output): Output {
    return { ...output, value: this.#value(output.value), identity: this.#value(output.identity) };
  }

  #value(value: JsonValue): JsonValue {
    if (jsonLength(value) < ownFileFrom) return value;
    const text = JSON.stringify(value);
    const name = sha256Of(text);
    const path = pathOf(this.folder, name);
    if (!this.#made) mkdirSync(this.folder, { recursive: true });
    this.#made = true;
    if (!existsSync(path)) writeFileSync(path, text);
    const kept = { $file: name };
    this.#kept.set(value, kept);
    return kept;
  }

  #shortened(value: JsonValue): JsonValue {
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.#kept.get(inner) ?? inner]));
  }
}

class ValueReader {
  readonly #values = new Map<string, JsonValue>();

  constructor(readonly folder: string) {}

  open(output: PlannedOutput<JsonValue>): void {
    for (const each of "items" in output ? output.items : [output]) {
      if (!isKept(each.value)) this.#inside(each.value);
      this.#later(each, "value");
      this.#later(each, "identity");
    }
  }

  /** A property whose value is a file's becomes that when someone reads it. */
  #later(owner: object, key: string): void {
    const kept = (owner as JsonObject)[key];
    if (!isKept(kept)) return;
    Object.defineProperty(owner, key, {
      enumerable: true,
      configurable: true,
      get: () => {
        const value = this.#read(kept.$file);
        Object.defineProperty(owner, key, { value, enumerable: true, configurable: true, writable: true });
        return value;
      },
    });
  }

  #inside(value: JsonValue): void {
    if (!isObject(value)) return;
    for (const key of Object.keys(value)) this.#later(value, key);
  }

  #read(name: string): JsonValue {
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    const value = readValue(pathOf(this.folder, name), name);
    this.#inside(value);
    this.#values.set(name, value);
    return value;
  }
}

function readValue(path: string, name: string): JsonValue {
  let text: Buffer;
  try {
    text = readFileSync(path);
  } catch (cause) {
    throw damaged(path, messageOf(cause));
  }
  if (sha256Of(text) !== name) throw damaged(path, "other bytes than were written");
  return JSON.parse(text.toString("utf8")) as JsonValue;
}

function damaged(path: string, found: string): EosinError {
  return new EosinError({
    code: "PLAN_DAMAGED",
    message: "A plan is not whole: what it keeps in files beside it cannot be read.",
    place: path,
    expected: `the folder ${folderName} beside plan.json, as it was written`,
    found,
    next: "Copy that folder along with the plan, or run the document again.",
  });
}

function pathOf(folder: string, name: string): string {
  return join(folder, `${name}.json`);
}

function isKept(value: JsonValue | undefined): value is Kept {
  return (
    value !== undefined && isObject(value) && typeof value.$file === "string" && /^[0-9a-f]{64}$/.test(value.$file)
  );
}
