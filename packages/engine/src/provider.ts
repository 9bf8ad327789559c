import { deviceErrorCode, type EngineDefinition } from "@eosin/engine-kit/definition";
import { EosinError, isEosinError, nearestName } from "@eosin/plugin-api";
import type {
  Engine,
  EngineAvailability,
  EngineChoice,
  EngineIdentity,
  EngineInstallation,
  EngineProvider,
  EngineRequest,
} from "@eosin/plugin-api/learning";
import { engines } from "./catalogue.js";
import { namingLackingOperations } from "./lacking-operation.js";

/**
 * The engines of this package, and the choice among them: what the service `engineProvider` is. Nothing is loaded before it is
 * opened.
 */
export function createEngineProvider(): EngineProvider {
  return {
    choose: async (request) => (request.name === "auto" ? chooseFirst(request) : chooseNamed(request)),
    open: openEngine,
    survey: async () => engines.map((engine) => engine.availability()),
    install: installEngine,
    openShapeEngine: async () => (await import("@eosin/engine-kit")).openShapes(),
  };
}

/**
 * Opens an engine outside of a pipeline, e.g. in a test or a benchmark.
 * @throws EosinError `UNKNOWN_ENGINE`, `ENGINE_UNAVAILABLE`, `ENGINE_FAILED`; the engine's steps: `ENGINE_LACKS_OPERATION`.
 * @example
 * ```ts
 * import { createEngineProvider, openEngine } from "@eosin/engine";
 *
 * const request = { name: "wasm", precision: "float32", threads: 2 } as const;
 * const { identity } = await createEngineProvider().choose(request);
 * const { tf } = await openEngine(identity);
 * console.log(await tf.sum(tf.tensor1d([1, 2, 3])).data());
 * ```
 */
export async function openEngine(identity: EngineIdentity): Promise<Engine> {
  const engine = engineNamed(identity.name);
  const availability = engine.availability();
  if (!availability.available) throw unavailable(availability);
  return namingLackingOperations(await engine.open(identity));
}

async function installEngine(name: string, how: EngineInstallation): Promise<EngineAvailability> {
  const engine = engines.find((each) => installNames(each).includes(name));
  if (!engine) throw unknownEngine(name, engines.flatMap(installNames));
  if (!engine.install) {
    const installable = engines.filter((each) => each.install).flatMap(installNames);
    throw new EosinError({
      code: "ENGINE_NOT_INSTALLABLE",
      message: `The engine ${name} needs no installation.`,
      expected: installable.join(", "),
      found: name,
      next: "pipe doctor",
    });
  }
  await engine.install(how, name);
  return engine.availability();
}

const installNames = (engine: EngineDefinition): readonly string[] => [engine.name, ...(engine.installNames ?? [])];

function chooseFirst(request: EngineRequest): EngineChoice {
  const passedOver: string[] = [];
  for (const engine of engines.filter((each) => each.automatic)) {
    const { available, reason } = engine.availability();
    if (!available) passedOver.push(`${engine.name} is not available (${reason})`);
    else if (!engine.precisions.includes(request.precision))
      passedOver.push(`${engine.name} has no ${request.precision}`);
    else {
      const identity = identityOnDevice(engine, request);
      if (identity) return { identity, reason: [reason, ...passedOver].join("; ") };
      passedOver.push(`${engine.name} has no device ${request.device}`);
    }
  }
  const device = request.device === undefined ? "" : ` on ${request.device}`;
  throw new EosinError({
    code: "NO_ENGINE",
    message: `No engine is available that computes in ${request.precision}${device}.`,
    found: passedOver.join("; "),
    next: device
      ? "Leave the device out, or see `pipe doctor`."
      : "Set the precision to float32, or see `pipe doctor`.",
  });
}

/** @returns Nothing where the engine has not the device that is asked for. */
function identityOnDevice(engine: EngineDefinition, request: EngineRequest): EngineIdentity | undefined {
  try {
    return engine.identity(request);
  } catch (error) {
    if (isEosinError(error) && error.code === deviceErrorCode) return undefined;
    throw error;
  }
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
  throw unknownEngine(name, ["auto", ...engines.map((each) => each.name)]);
}

function unknownEngine(name: string, names: readonly string[]): EosinError {
  return new EosinError({
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
