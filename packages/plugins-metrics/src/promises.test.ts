import { checkMetric } from "@eosin/plugin-api/testing";
import { expect, it } from "vitest";
import { ownMetrics } from "./metrics/own-metrics.js";

it.each(ownMetrics.map((each) => [each.type, each] as const))("metric %s keeps its promises", async (_, definition) => {
  const { imagesPerSecond } = await checkMetric(definition);
  expect(imagesPerSecond).toBeGreaterThan(0);
});
