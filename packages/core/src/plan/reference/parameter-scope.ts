import { EosinError, isEosinError, nearestName } from "@eosin/plugin-api";
import type { PipelineDocument } from "../../document/document.js";
import type { DocumentNode } from "../../nodes/node.js";
import { isSecret, type SecretRules } from "../../secrets/secret-names.js";
import { type Secrets, standInOf } from "../../secrets/stand-in.js";
import { defaultLimits, type Limits } from "../limits/limits.js";
import { ValueBudget } from "../limits/value-budget.js";
import { fixedParts } from "./fixed-parts.js";
import type { Reference } from "./parse-template.js";
import { type FixedParts, referencesOf, resolveNode } from "./resolve-node.js";

export type Environment = { readonly [name: string]: string | undefined };

/** Parameters and variables, resolved when something asks for them: what nothing needs may lack its variable. */
export class ParameterScope {
  readonly #resolved = new Map<string, DocumentNode>();
  readonly #fixed = new WeakMap<DocumentNode, FixedParts>();
  readonly #budget: ValueBudget;
  readonly #secretRules: SecretRules;
  readonly #secrets = new Map<string, string>();
  readonly params: ReadonlyMap<string, DocumentNode>;

  /** @param whenUnset `stand-in` where only the document is judged, not the place where it will run. */
  constructor(
    { params, secretRules }: Pick<PipelineDocument, "params" | "secretRules">,
    readonly environment: Environment,
    readonly whenUnset: "error" | "stand-in",
    readonly limits: Limits = defaultLimits,
  ) {
    this.params = params;
    this.#secretRules = secretRules;
    this.#budget = new ValueBudget(limits);
  }

  /** The secret variables that were asked for so far. */
  get secrets(): Secrets {
    return this.#secrets;
  }

  /** Every parameter that has a value, in document order; those whose variable is not set have none. */
  resolved(): ReadonlyMap<string, DocumentNode> {
    const place = { file: "", line: 1, column: 1 };
    for (const name of this.params.keys()) {
      try {
        this.#parameter({ source: "params", name, key: false, text: `\${params.${name}}`, place });
      } catch (error) {
        if (!isEosinError(error)) throw error;
      }
    }
    return new Map(
      [...this.params.keys()].flatMap((name) => {
        const node = this.#resolved.get(name);
        return node ? [[name, node] as const] : [];
      }),
    );
  }

  /** The parts of a value that nothing but this scope decides; the same ones however often they are asked for. */
  fixedParts(value: DocumentNode): FixedParts {
    const how = { most: this.limits.characters };
    const parts = this.#fixed.get(value) ?? fixedParts(value, (reference) => this.lookup(reference), how);
    this.#fixed.set(value, parts);
    return parts;
  }

  lookup(reference: Reference): DocumentNode {
    if (reference.source === "params") return this.#parameter(reference);
    if (reference.source === "env") return this.#variable(reference);
    throw new EosinError({
      code: "BAD_REFERENCE",
      message: `${reference.text} is not allowed here.`,
      place: reference.place,
      expected: "a reference to params or env",
      found: reference.text,
      next: `Steps and axes are known only inside a step's with.`,
    });
  }

  /** Those that it refers to come first, by a list of what is under way: chains of them may be long. */
  #parameter(reference: Reference): DocumentNode {
    const open: Reference[] = [reference];
    for (let current = open.at(-1); current !== undefined; current = open.at(-1)) {
      const node = this.params.get(current.name);
      if (!node) throw unknownParameter(current, [...this.params.keys()]);
      const next = this.#resolved.has(current.name) ? undefined : this.#firstUnresolved(node);
      if (next) {
        const start = open.findIndex(({ name }) => name === next.name);
        if (start !== -1) throw parameterCycle(next, [...open.slice(start).map(({ name }) => name), next.name]);
        open.push(next);
        continue;
      }
      if (!this.#resolved.has(current.name)) this.#resolve(current.name, node);
      open.pop();
    }
    return this.#resolved.get(reference.name)!;
  }

  #firstUnresolved(node: DocumentNode): Reference | undefined {
    return referencesOf(node).find(
      ({ source, name }) => source === "params" && this.params.has(name) && !this.#resolved.has(name),
    );
  }

  #resolve(name: string, node: DocumentNode): void {
    const value = resolveNode(node, (inner) => this.lookup(inner), { most: this.limits.characters });
    this.#budget.spend(value, node.place);
    this.#resolved.set(name, value);
  }

  #variable({ name, text, place }: Reference): DocumentNode {
    const value = this.environment[name];
    if (value !== undefined && value !== "") {
      if (!isSecret(name, this.#secretRules)) return { kind: "scalar", place, value, variable: name };
      this.#secrets.set(name, value);
      return { kind: "scalar", place, value, variable: name, secret: standInOf(name) };
    }
    if (this.whenUnset === "stand-in") return { kind: "scalar", place, value: name, standIn: true, variable: name };
    throw new EosinError({
      code: "VARIABLE_NOT_SET",
      message: `The environment variable ${name} is not set, and this pipeline needs it.`,
      place,
      expected: `a value for ${text}`,
      found: value === "" ? "an empty value" : "no such variable",
      next: `export ${name}=…`,
    });
  }
}

function unknownParameter(reference: Reference, known: readonly string[]): EosinError {
  return new EosinError({
    code: "UNKNOWN_PARAMETER",
    message: `There is no parameter ${reference.name}.`,
    place: reference.place,
    expected: known.length === 0 ? "no reference to params: the document has none" : `one of ${known.join(", ")}`,
    found: reference.text,
    didYouMean: nearestName(reference.name, known),
  });
}

function parameterCycle(reference: Reference, names: readonly string[]): EosinError {
  return new EosinError({
    code: "PARAMETER_CYCLE",
    message: "These parameters refer to each other.",
    place: reference.place,
    found: names.join(" → "),
    next: "Give one of them a value of its own.",
  });
}
