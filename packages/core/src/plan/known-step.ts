import { EosinError, type KindDefinition, nearestName } from "@eosin/plugin-api";
import type { RegisteredComponent } from "../container/registered-component.js";
import type { PluginRegistry } from "../container/registry.js";
import type { PipelineDocument, StepDeclaration } from "../document/document.js";

/** A step of the document whose component is found. */
export interface KnownStep {
  readonly declaration: StepDeclaration;
  readonly component: RegisteredComponent;
  readonly role: "planned" | "step";
  /** The type of the artifact that it writes. */
  readonly produces: string;
}

/** @throws EosinError `UNKNOWN_STEP_TYPE`, `NOT_A_STEP` */
export function findStep(
  declaration: StepDeclaration,
  document: PipelineDocument,
  registry: PluginRegistry,
): KnownStep {
  const component = registry.find(declaration.uses);
  if (!component) throw unknownType(declaration, document, registry);
  const { definition } = component;
  const kind = registry.kinds.get(definition.kind);
  if (kind === undefined || kind.role === "part") throw notAStep(declaration, kind, registry);
  return { declaration, component, role: kind.role, produces: definition.produces?.name ?? definition.kind };
}

function unknownType(step: StepDeclaration, document: PipelineDocument, registry: PluginRegistry): EosinError {
  const types = stepTypes(registry);
  const plugins = Object.keys(document.plugins);
  return new EosinError({
    code: "UNKNOWN_STEP_TYPE",
    message: `Step ${step.id} uses ${step.uses}, which no plugin of the document defines.`,
    place: step.usesPlace,
    expected: `a type that ${plugins.join(", ") || "a plugin"} defines`,
    found: step.uses,
    didYouMean: nearestName(step.uses, types),
    next: "pipe list shows all types; a plugin that is missing belongs under plugins.",
  });
}

function notAStep(step: StepDeclaration, kind: KindDefinition | undefined, registry: PluginRegistry): EosinError {
  return new EosinError({
    code: "NOT_A_STEP",
    message: `Step ${step.id} uses ${step.uses}, which is not a step: a ${kind?.name ?? "part"} belongs inside another component's options.`,
    place: step.usesPlace,
    expected: `one of ${stepTypes(registry).join(", ")}`,
    found: `${step.uses} (${kind?.name ?? "part"}${kind ? `: ${kind.summary}` : ""})`,
    next: `Name it as { uses: ${step.uses}, with: … } in the option that takes it.`,
  });
}

function stepTypes(registry: PluginRegistry): readonly string[] {
  return registry
    .components()
    .filter(({ definition }) => registry.kinds.get(definition.kind)?.role !== "part")
    .map(({ definition }) => definition.type);
}
