import { test } from "node:test";
import { checkDataset } from "@eosin/plugin-api/testing";
import { definition } from "./definition.js";

test("keeps what datasets promise", async (context) => {
  const { imagesPerSecond } = await checkDataset(definition, { options: { perDomain: 3, size: 32 } });
  context.diagnostic(`${imagesPerSecond?.toFixed(0)} images/s read`);
});
