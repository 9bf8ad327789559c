import { EosinError, nearestName } from "@eosin/plugin-api";
import type {
  Engine,
  EngineAvailability,
  EngineChoice,
  EngineIdentity,
  EngineProvider,
  EngineRequest,
} from "@eosin/plugin-api/learning";
import { engines } from "./catalogue.js";
import type { EngineDefinition } from "./engine-definition.js";

export function createEngineProvider(): EngineProvider {
  return {
    choose: async (request) => (request.name === "auto" ? chooseFirst(request) : chooseNamed(request)),
    open: openEngine,
    survey: async () => engines.map((engine) => engine.availability()),
    openShapeEngine: async () => (await import("./shapes/open.js")).openShapes(),
  };
}

/** @throws EosinError `UNKNOWN_ENGINE`, `ENGINE_UNAVAILABLE`, `ENGINE_FAILED`. */
export async function openEngine(identity: EngineIdentity): Promise<Engine> {
  const engine = engineNamed(identity.name);
  const availability = engine.availability();
  if (!availability.available) throw unavailable(availability);
  return engine.open(identity);
}

function chooseFirst(request: EngineRequest): EngineChoice {
  const passedOver: string[] = [];
  for (const engine of engines.filter((each) => each.automatic)) {
    const { available, reason } = engine.availability();
    if (!available) passedOver.push(`${engine.name} is not available (${reason})`);
    else if (!engine.precisions.includes(request.precision))
      passedOver.push(`${engine.name} has no ${request.precision}`);
    else return { identity: engine.identity(request), reason: [reason, ...passedOver].join("; ") };
  }
  throw new EosinError({
    code: "NO_ENGINE",
    message: `No engine is available that computes in ${request.precision}.`,
    found: passedOver.join("; "),
    next: "Set the precision to float32, or see `pipe doctor`.",
  });
}

function chooseNamed(request: EngineRequest): EngineChoice {
  const engine = engineNamed(request.name);
  const availability = engine.availability();
  if (!availability.available) throw unavailable(availability);
  if (!engine.precisions.includes(request.precision)) {
    throw new EosinError({
      code: "ENGINE_PRECISION",
      message: `The engine ${engine.name} does not compute in ${request.precision}.`,
      expected: engine.precisions.join(" or "),
      found: request.precision,
      next: "Set the precision to float32, or choose another engine.",
    });
  }
  return { identity: engine.identity(request), reason: `asked for by name; ${availability.reason}` };
}

function engineNamed(name: string): EngineDefinition {
  const engine = engines.find((each) => each.name === name);
  if (engine) return engine;
  const names = ["auto", ...engines.map((each) => each.name)];
  throw new EosinError({
    code: "UNKNOWN_ENGINE",
    message: `There is no engine ${name}.`,
    expected: names.join(", "),
    found: name,
    didYouMean: nearestName(name, names),
    next: "pipe doctor",
  });
}

function unavailable({ name, reason, enable }: EngineAvailability): EosinError {
  return new EosinError({
    code: "ENGINE_UNAVAILABLE",
    message: `The engine ${name} is not available: ${reason}.`,
    next: enable ?? "pipe doctor",
  });
}
