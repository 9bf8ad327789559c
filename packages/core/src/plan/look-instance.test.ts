import type { PlannedOutput, SaidOutput } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { planText } from "../fixtures/plan-document.js";
import { lookInstance } from "./look-instance.js";
import { plannedFingerprint } from "./run-planned.js";

test("a look belongs to what is said of a planned output, those that read the output do not", async () => {
  const plan = await planText("name: a\nsteps:\n  a: { uses: toy/anything }\n");
  const lookAt = (output: PlannedOutput) => lookInstance(plan.instances[0], output, [], { threads: 1, locks: {} });
  const of = (...said: string[]): SaidOutput => ({ value: 1, identity: 2, said });
  expect(lookAt(of("x.txt")).fingerprint).toBe(lookAt(of("x.txt")).fingerprint);
  expect(lookAt(of("x.txt")).fingerprint).not.toBe(lookAt(of("y.txt")).fingerprint);
  expect(lookAt({ value: 1, identity: 2 }).parts.options).not.toHaveProperty("said");
  expect(plannedFingerprint(of("x.txt"))).toBe(plannedFingerprint(of("y.txt")));
});
