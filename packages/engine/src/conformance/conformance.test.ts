import { conformanceChecks } from "@eosin/engine-kit/conformance";
import type { Engine } from "@eosin/plugin-api/learning";
import { beforeAll, describe, it } from "vitest";
import { createEngineProvider } from "../provider.js";

const provider = createEngineProvider();

for (const { name, available, reason } of await provider.survey()) {
  if (!available) {
    it.skip(`${name}: ${reason}`, () => {});
    continue;
  }
  describe(name, () => {
    let engine: Engine;
    beforeAll(async () => {
      const { identity } = await provider.choose({ name, precision: "float32", threads: 1 });
      engine = await provider.open(identity);
    });
    for (const check of conformanceChecks()) it(check.name, () => check.run(engine));
  });
}
