import { devNull } from "node:os";
import { defineConfig } from "vitest/config";

const parts = ["packages/*/src/**/*.test.ts"];
const contract = ["layers", "surface", "typings", "start", "guard"].map((folder) => `test/${folder}/**/*.test.ts`);
const engines = [
  "packages/engine-torch/src/**/*.test.ts",
  "packages/engine/src/conformance/**/*.test.ts",
  "packages/plugins-model/src/networks/golden/**/*.test.ts",
];
const alone = ["test/demo/**", "test/release/**"];

export default defineConfig({
  test: {
    reporters: ["default", "./test/closing-line-reporter.ts"],
    // Nothing that this user agreed to holds in tests, and nothing that they do is remembered.
    env: { EOSIN_TRUST: devNull },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // The cores of the smallest machine that the suite is meant for.
    maxWorkers: 2,
    projects: [
      // What `npm test` runs: each part by itself, and what must not change unnoticed. No part needs minutes.
      project("parts", { include: [...parts, ...contract], exclude: engines }),
      // Every operation of every engine, and the networks beside PyTorch's figures.
      project("engines", { include: engines }),
      // The command as people call it, also while it is killed and its disk is full.
      project("commands", { include: ["test/**/*.test.ts"], exclude: [...contract, ...alone] }),
      // These keep both cores busy by themselves: the whole demo, and a release on a registry of this machine.
      project("demo", { include: ["test/demo/**/*.test.ts"], sequence: { groupOrder: 1 } }),
      project("release", { include: ["test/release/**/*.test.ts"], sequence: { groupOrder: 2 } }),
    ],
  },
});

function project(name: string, test: object) {
  return { extends: true as const, test: { name, sequence: { groupOrder: 0 }, ...test } };
}
