import { encoderKind, lossKind, metricKind, networkKind, optimizerKind, scheduleKind } from "../built-in-kinds.js";
import { kindHelper } from "../kind-helper.js";

/**
 * Defines a network: `create` gives a `NetworkFactory`.
 * @example
 * ```ts
 * import { defineNetwork, type NetworkFactory } from "@eosin/plugin-api/learning";
 * import { z } from "zod";
 *
 * // In a module of its own, which `create` imports: a definition loads no tensors.
 * declare function createColumn(options: { channels: number }): NetworkFactory;
 *
 * export const column = defineNetwork({
 *   type: "my/column",
 *   summary: "Convolutions that keep the size.",
 *   options: z.strictObject({ channels: z.int().min(1).default(16).describe("Of each convolution") }),
 *   create: ({ options }) => createColumn(options),
 * });
 * ```
 */
export const defineNetwork = kindHelper(networkKind);

/**
 * Defines an encoder, which networks are put on: `create` gives an `EncoderFactory`.
 * @example
 * ```ts
 * import { defineEncoder, type EncoderFactory } from "@eosin/plugin-api/learning";
 * import { z } from "zod";
 *
 * // In a module of its own, which `create` imports: a definition loads no tensors.
 * declare function createPyramid(options: { width: number }): EncoderFactory;
 *
 * export const pyramid = defineEncoder({
 *   type: "my/pyramid-encoder",
 *   summary: "Five convolutions, each of half the size.",
 *   options: z.strictObject({ width: z.int().min(1).default(8).describe("Channels of the finest feature") }),
 *   create: ({ options }) => createPyramid(options),
 * });
 * ```
 */
export const defineEncoder = kindHelper(encoderKind);

/**
 * Defines a loss: `create` gives a `Loss`.
 * @example
 * ```ts
 * import { noOptions } from "@eosin/plugin-api";
 * import { defineLoss } from "@eosin/plugin-api/learning";
 *
 * export const squared = defineLoss({
 *   type: "my/squared",
 *   summary: "Mean squared error of the probabilities.",
 *   options: noOptions,
 *   create: () => ({
 *     needs: ["mask"],
 *     needsDensity: false,
 *     batchCoupled: false,
 *     compute(tf, outputs, { mask, valid }) {
 *       const each = tf.square(tf.sub(tf.sigmoid(outputs.mask), mask));
 *       // Pixels whose label is ignored neither add to the sum nor to the number.
 *       const total: ReturnType<typeof tf.scalar> = valid
 *         ? tf.div(tf.sum(tf.mul(each, valid)), tf.maximum(tf.sum(valid), 1))
 *         : tf.mean(each);
 *       return { total, terms: { squared: total } };
 *     },
 *   }),
 * });
 * ```
 */
export const defineLoss = kindHelper(lossKind);

/**
 * Defines an optimizer: `create` gives an `Optimizer`.
 * @example
 * ```ts
 * import { defineOptimizer, type Optimizer } from "@eosin/plugin-api/learning";
 * import { z } from "zod";
 *
 * // In a module of its own, which `create` imports.
 * declare function createLion(options: { lr: number; beta: number }): Optimizer;
 *
 * export const lion = defineOptimizer({
 *   type: "my/lion",
 *   summary: "Steps by the sign of a moving mean of gradients (Chen et al., 2023).",
 *   options: z.strictObject({
 *     lr: z.number().positive().default(0.0001).describe("Learning rate"),
 *     beta: z.number().min(0).lt(1).default(0.9).describe("Share of the mean that stays"),
 *   }),
 *   create: ({ options }) => createLion(options),
 * });
 * ```
 */
export const defineOptimizer = kindHelper(optimizerKind);

/**
 * Defines a schedule of the learning rate: `create` gives a `Schedule`.
 * @example
 * ```ts
 * import { defineSchedule } from "@eosin/plugin-api/learning";
 * import { z } from "zod";
 *
 * export const halves = defineSchedule({
 *   type: "my/halves",
 *   summary: "Halves the learning rate several times, evenly over the training.",
 *   options: z.strictObject({ times: z.int().min(1).default(3).describe("How often") }),
 *   create: ({ options: { times } }) => ({ factor: (progress) => 0.5 ** Math.floor(progress * (times + 1)) }),
 * });
 * ```
 */
export const defineSchedule = kindHelper(scheduleKind);

/**
 * Defines a metric: `create` gives a `Metric`.
 * @example
 * ```ts
 * import { noOptions } from "@eosin/plugin-api";
 * import { defineMetric } from "@eosin/plugin-api/learning";
 *
 * export const accuracy = defineMetric({
 *   type: "my/accuracy",
 *   summary: "Share of pixels that are right.",
 *   options: noOptions,
 *   create: () => ({
 *     higherIsBetter: true,
 *     measure: ({ truth, prediction }) => truth.filter((label, i) => label === prediction[i]).length / truth.length,
 *   }),
 * });
 * ```
 */
export const defineMetric = kindHelper(metricKind);
