import type { JsonValue } from "@eosin/plugin-api";
import { mapTexts, type Secrets, standInOf } from "./stand-in.js";

/** Shorter ones are looked for only where references brought them: they are in every other text by chance. */
const shortest = 4;

/** The values that are looked for. */
export function longEnough(values: readonly string[]): readonly string[] {
  return values.filter((value) => value.length >= shortest);
}

/** Puts stand-ins in the place of secret values, wherever they are in a text. */
export class Veil {
  readonly #pairs: readonly (readonly [value: string, standIn: string])[];

  constructor(secrets: Secrets) {
    this.#pairs = [...secrets]
      .filter(([, value]) => value.length >= shortest)
      .flatMap(([name, value]) => spellings(value).map((spelling) => [spelling, standInOf(name)] as const))
      // One value may hold another.
      .sort(([a], [b]) => b.length - a.length);
  }

  /** The secret variables among `names` that are set. */
  static of(names: readonly string[], env: { readonly [name: string]: string | undefined }): Veil {
    return new Veil(new Map(names.flatMap((name) => (env[name] ? [[name, env[name]] as const] : []))));
  }

  text(text: string): string {
    return this.#pairs.reduce((veiled, [value, standIn]) => veiled.replaceAll(value, standIn), text);
  }

  /** Plain JSON, or an object of plain values such as an event. */
  value<Value>(value: Value): Value {
    if (this.#pairs.length === 0) return value;
    return mapTexts(value as JsonValue, (text) => this.text(text)) as Value;
  }

  /** Text files alone: in others a value of another length would break the file. */
  bytes(data: Uint8Array | string): Uint8Array | string {
    if (this.#pairs.length === 0) return data;
    if (typeof data === "string") return this.text(data);
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    if (!this.#pairs.some(([value]) => bytes.includes(value)) || bytes.includes(0)) return data;
    return Buffer.from(this.text(bytes.toString("utf8")));
  }
}

/** As itself, inside JSON, and inside a URL. */
function spellings(value: string): readonly string[] {
  return [...new Set([value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)])];
}
