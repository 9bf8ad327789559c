import { encoderKind, lossKind, metricKind, networkKind, optimizerKind, scheduleKind } from "../built-in-kinds.js";
import { kindHelper } from "../kind-helper.js";

/** Defines a network: `create` gives a `NetworkFactory`. */
export const defineNetwork = kindHelper(networkKind);

/** Defines an encoder, which networks are put on: `create` gives an `EncoderFactory`. */
export const defineEncoder = kindHelper(encoderKind);

/** Defines a loss: `create` gives a `Loss`. */
export const defineLoss = kindHelper(lossKind);

/** Defines an optimizer: `create` gives an `Optimizer`. */
export const defineOptimizer = kindHelper(optimizerKind);

/** Defines a schedule of the learning rate: `create` gives a `Schedule`. */
export const defineSchedule = kindHelper(scheduleKind);

/**
 * Defines a metric: `create` gives a `Metric`.
 * @example
 * export const accuracy = defineMetric({
 *   type: "my/accuracy",
 *   summary: "Share of pixels that are right.",
 *   options: noOptions,
 *   create: () => ({
 *     higherIsBetter: true,
 *     measure: ({ truth, prediction }) => truth.filter((label, i) => label === prediction[i]).length / truth.length,
 *   }),
 * });
 */
export const defineMetric = kindHelper(metricKind);
