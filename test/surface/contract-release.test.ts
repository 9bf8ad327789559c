import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import getReleasePlan from "@changesets/get-release-plan";
import { API_VERSION } from "@eosin/plugin-api";
import { expect, it } from "vitest";
import { builtContract } from "../../scripts/built-contract.mjs";
import { announcementFault } from "./announcement.js";
import { type ContractSource, readContract } from "./contract.js";
import { contractChanges } from "./contract-changes.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The contract of the last release; `npm run version-packages` writes it again. */
async function releasedContract(): Promise<ContractSource> {
  return JSON.parse(await readFile(new URL("released-contract.json", import.meta.url), "utf8")) as ContractSource;
}

it("changes of plugin-api since its last release are announced by changesets", async () => {
  const changes = contractChanges(readContract(await releasedContract()), readContract(builtContract(root)));
  const { releases } = await getReleasePlan(root);
  const announced = releases.find(({ name }) => name === "@eosin/plugin-api")?.type ?? "none";
  const fault = announcementFault(changes, announced);
  if (fault) expect.fail(fault);
});

it("the contract of the last release is not empty, and of this version", async () => {
  const released = await releasedContract();
  const { exports, declarations } = readContract(released);
  expect([...exports.keys()]).toContain("./imaging");
  for (const name of ["Augmenter", "Sample", "definePlugin", "StepContext"])
    expect(declarations.has(name), name).toBe(true);
  expect(released.version).toBe(builtContract(root).version);
});

it("apiVersion is major and minor of plugin-api's version", () => {
  const [major, minor] = builtContract(root).version.split(".");
  expect(API_VERSION).toBe(`${major}.${minor}.0`);
});
