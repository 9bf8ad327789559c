import { devNull } from "node:os";
import { defineConfig } from "vitest/config";

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
      {
        extends: true,
        test: {
          name: "parts",
          include: ["packages/*/src/**/*.test.ts", "test/**/*.test.ts"],
          exclude: ["test/demo/**", "test/release/**"],
          sequence: { groupOrder: 0 },
        },
      },
      {
        // The whole demo, after everything else: it keeps both cores busy by itself.
        extends: true,
        test: { name: "demo", include: ["test/demo/**/*.test.ts"], sequence: { groupOrder: 1 } },
      },
      {
        // A release on a registry of this machine: it installs packages and trains, so it also goes by itself.
        extends: true,
        test: { name: "release", include: ["test/release/**/*.test.ts"], sequence: { groupOrder: 2 } },
      },
    ],
  },
});
