import type { PluginRegistry } from "../container/registry.js";
import type { PipelineDocument } from "../document/document.js";
import { type DraftContext, type DraftInstance, draftInstances } from "./draft-instance.js";
import type { KnownStep } from "./known-step.js";
import { limitExceeded } from "./limits/limits.js";
import { ValueBudget } from "./limits/value-budget.js";
import type { ParameterScope } from "./reference/parameter-scope.js";

/** Steps and instances as far as they are laid out, in an order in which each comes after its inputs. */
export class DraftSteps {
  readonly #instances = new Map<string, readonly DraftInstance[]>();
  readonly #byId = new Map<string, DraftInstance>();
  readonly #budget: ValueBudget;

  constructor(
    readonly document: PipelineDocument,
    readonly registry: PluginRegistry,
    readonly parameters: ParameterScope,
    readonly itemsOf: DraftContext["itemsOf"],
  ) {
    this.#budget = new ValueBudget(parameters.limits);
  }

  instance(id: string): DraftInstance {
    return this.#byId.get(id)!;
  }

  axesOf(id: string): { readonly [axis: string]: string } {
    return Object.fromEntries(this.instance(id).points.map(({ axis, key }) => [axis, key]));
  }

  /** @throws EosinError where the step cannot be laid out at all */
  add(step: KnownStep): readonly DraftInstance[] {
    const drafts = draftInstances(step, {
      registry: this.registry,
      parameters: this.parameters,
      instancesOf: (id) => this.#instances.get(id) ?? [],
      itemsOf: this.itemsOf,
      budget: this.#budget,
    });
    this.#refuseMore(step, this.#byId.size + drafts.length);
    this.#instances.set(step.declaration.id, drafts);
    for (const draft of drafts) this.#byId.set(draft.id, draft);
    return drafts;
  }

  #refuseMore({ declaration: { id, place } }: KnownStep, count: number): void {
    const most = this.parameters.limits.instances;
    if (count <= most) return;
    const message = `With step ${id} the document has more instances than a plan may hold.`;
    throw limitExceeded({ limit: "instances", most, count, message, place, otherwise: "Give the axes fewer values" });
  }
}
