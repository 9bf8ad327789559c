import { expect, it } from "vitest";
import { stepLink } from "./settings-section.js";

it("instances in any script, and of keys that differ in a character only, have places of their own", () => {
  const instances = ["evaluate[東京]", "evaluate[大阪]", "evaluate[a/b]", "evaluate[a:b]", "evaluate[fold-0]"];
  const links = instances.map((instance) => /href="(#[^"]+)"/.exec(stepLink(instance, "text").html)?.[1]);
  expect(new Set(links).size).toBe(instances.length);
  expect(links[4]).toBe("#step-evaluate_fold-0_");
});
