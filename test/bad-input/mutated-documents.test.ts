import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadDocument, loadPlugins, type PluginRegistry, renderError, ungroup, validateDocument } from "@eosin/core";
import { createRng, isEosinError, type Rng } from "@eosin/plugin-api";
import { afterAll, beforeAll, expect, it } from "vitest";
import { multitask, pipelinesFolder } from "../fixtures/small-job.js";

const folder = mkdtempSync(join(tmpdir(), "eosin-mutated-"));
const files = readdirSync(pipelinesFolder, { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith(".yaml"),
);
const origin = fileURLToPath(new URL("../../packages/cli/dist/bin.js", import.meta.url));
const seeds = 600;
const mostSeconds = 20;

let registry: PluginRegistry;
beforeAll(async () => {
  registry = await loadPlugins(await loadDocument(multitask), { from: [`file://${origin}`] });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What people and programs write by mistake: in the place of a word, beside it, or in its midst. */
const tokens = [
  ..."learning rate|größe|日本|__proto__|constructor|toString|null|~|true|on|-1|1e9|1e400|0,001|.inf|0x10|''|\"\"|'|\"".split(
    "|",
  ),
  ..."[]|{}|[|{|]|}|- |? |: |, |&a|*a|<<|!!str|!x|#|%|@|`|| |>|\t|\u0007|\u001b[2J|\u0085|\u2028|\ufeff".split("|"),
  ..."${params.alpha}|${params.nope}|${steps.train}|${steps.train}x|${each.fold}|${matrix.m}|${env.NOPE}|${}|${|$${|$HOME".split(
    "|",
  ),
  ..."$drop|$append|$change|$x|$artifact|uses|with|each|matrix|params|steps|extends|profiles|secrets|null: null".split(
    "|",
  ),
  "[".repeat(70),
  "{a: ".repeat(70),
  "x".repeat(5000),
  "[1, [2, [3]], {a: {b: c}}]",
  "{ $artifact: { type: model, instance: train } }",
];

function mutate(text: string, rng: Rng): string {
  let mutated = text;
  for (let changes = 1 + rng.integer(3); changes > 0; changes--) mutated = mutateOnce(mutated, rng);
  return mutated;
}

function mutateOnce(text: string, rng: Rng): string {
  const pick = <Item>(items: readonly Item[]): Item => items[rng.integer(items.length)];
  const lines = text.split("\n");
  const words = [...text.matchAll(/[\w./${}-]+/g)];
  const { index: at = 0, 0: word } = pick(words);
  const around = (middle: string) => text.slice(0, at) + middle + text.slice(at + word.length);
  switch (rng.integer(9)) {
    case 0:
      return around(pick(tokens));
    case 1:
      return around(JSON.stringify(pick(tokens)));
    case 2:
      return around(word + pick(tokens));
    case 3:
      return around(pick(words)[0]);
    case 4:
      return lines.toSpliced(rng.integer(lines.length), 1).join("\n");
    case 5:
      return lines.toSpliced(rng.integer(lines.length), 0, pick(lines)).join("\n");
    case 6:
      return lines.with(rng.integer(lines.length), `${" ".repeat(rng.integer(9))}${pick(lines).trim()}`).join("\n");
    case 7:
      return text.slice(0, rng.integer(text.length)) + pick(tokens) + text.slice(rng.integer(text.length));
    default:
      return `${text}\n${pick(["params", "steps", "profiles", "secrets", "name", "x y"])}: ${pick(tokens)}\n`;
  }
}

/** What the document comes to: nothing, or errors that a person can read. */
async function faultsOf(text: string): Promise<readonly unknown[]> {
  const file = join(folder, "mutated.yaml");
  writeFileSync(file, text.replaceAll(/^extends: .*$/gm, `extends: ${JSON.stringify(multitask)}`));
  try {
    return await validateDocument(await loadDocument(file), registry, { env: {} });
  } catch (error) {
    return isEosinError(error) ? ungroup(error) : [error];
  }
}

it("a document that is spoilt anywhere is told by errors with a code, and by nothing else", async () => {
  const started = performance.now();
  let [tried, refused] = [0, 0];
  for (let seed = 0; seed < seeds && performance.now() - started < mostSeconds * 1000; seed++) {
    const rng = createRng(7, "mutated documents", seed);
    const name = files[seed % files.length];
    // Every second one is the common file whole: most of what can be spoilt is there.
    const text = mutate(readFileSync(seed % 2 === 0 ? multitask : join(pipelinesFolder, name), "utf8"), rng);
    const faults = await faultsOf(text);
    tried++;
    if (faults.length > 0) refused++;
    for (const fault of faults) {
      const said = renderError(fault, { color: false });
      expect(isEosinError(fault), `seed ${seed} of ${name}: ${said}`).toBe(true);
      expect(said, `seed ${seed} of ${name}`).toMatch(/^error .+\[[A-Z_]+\](\n|$)/s);
      expect(said, `seed ${seed} of ${name}`).not.toMatch(/undefined|\[object Object\]|call stack/);
      expect(said.length, `seed ${seed} of ${name}`).toBeLessThan(10_000);
    }
  }
  expect(tried).toBeGreaterThan(50);
  expect(refused / tried).toBeGreaterThan(0.3);
});
