import { z } from "@eosin/plugin-api/zod";
import { namePattern } from "../schema/name-pattern.js";

const name = z.string().regex(namePattern).describe("a name: a letter, then letters, digits, - and _");

const variable = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
  .describe("a name of an environment variable: letters, digits and _");

const reference = z.string().regex(/^\$\{.+\}$/);

const options = z.record(z.string(), z.json());

const fanOut = {
  each: z
    .record(
      name,
      z
        .string()
        .regex(/^\$\{steps\.[^}]+\}$/)
        .describe("a reference to a planned list, such as ${steps.folds}"),
    )
    .optional()
    .describe("Axes over planned lists: one instance an item."),
  matrix: z
    .record(
      name,
      z.union([z.array(z.json()).min(1), options, reference]).describe("a list of values, or a map of named ones"),
    )
    .optional()
    .describe("Axes over values that are here."),
};

const step = z.strictObject({
  uses: z.string().describe("the type of a component, such as model/trainer"),
  with: options.optional(),
  ...fanOut,
});

const engineName = z.string().min(1);

const precision = z.enum(["float32", "bfloat16"]);

const device = z.string().min(1).describe("a device of the engine, such as cpu, cuda or cuda:1");

const engine = z.union([
  engineName,
  z.strictObject({ name: engineName.optional(), precision: precision.optional(), device: device.optional() }),
]);

const seed = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

const overridden = <Schema extends z.ZodType>(schema: Schema) => schema.nullable().optional();

/** A step as a profile or an extending document changes it; `null` drops a key. */
const stepOverride = z
  .strictObject({
    uses: overridden(step.shape.uses),
    with: overridden(options),
    each: overridden(z.record(name, z.json())),
    matrix: overridden(z.record(name, z.json())),
  })
  .nullable();

const profile = z
  .strictObject({
    params: overridden(z.record(name, z.json())),
    steps: overridden(z.record(name, stepOverride)),
    seed: overridden(seed),
    engine: overridden(engine),
  })
  .nullable();

const head = {
  description: z.string().optional(),
  plugins: z.record(z.string().min(1), z.string()).optional(),
  seed: seed.optional(),
  engine: engine.optional(),
  params: z.record(name, z.json()).optional(),
  defaultProfile: name.optional(),
  secrets: z.array(variable).optional().describe("Environment variables whose values are written nowhere."),
  notSecrets: z
    .array(variable)
    .optional()
    .describe("Environment variables that only look like secrets by their names."),
  referenceProfile: name.optional().describe("the profile that runs are compared with, such as the paper's settings"),
};

/** One file before merging: what it extends may give the rest. */
export const extendingFileSchema = z.strictObject({
  extends: z.string().min(1),
  name: z.string().min(1).optional(),
  description: overridden(head.description),
  plugins: overridden(z.record(z.string().min(1), z.string().nullable())),
  seed: overridden(seed),
  engine: overridden(engine),
  params: overridden(z.record(name, z.json())),
  defaultProfile: overridden(name),
  referenceProfile: overridden(name),
  secrets: overridden(z.array(variable)),
  notSecrets: overridden(z.array(variable)),
  profiles: z.record(name, profile).optional(),
  steps: overridden(z.record(name, stepOverride)),
});

/** A file that stands for itself. */
export const fileSchema = z.strictObject({
  name: z.string().min(1),
  ...head,
  profiles: z.record(name, profile).optional(),
  steps: z.record(name, step),
});

/** What remains when `extends`, the profile and the flags are laid over each other. */
export const documentSchema = z.strictObject({ name: z.string().min(1), ...head, steps: z.record(name, step) });
