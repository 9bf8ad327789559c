import { test } from "node:test";
import { checkSplit } from "@eosin/plugin-api/testing";
import { definition } from "./definition.js";

for (const every of [3, 4]) {
  test(`keeps what splits promise with every ${every}th sample`, async () => {
    await checkSplit(definition, { options: { every } });
  });
}
