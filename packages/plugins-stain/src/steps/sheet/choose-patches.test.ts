import { createRng } from "@eosin/plugin-api";
import type { DatasetIndex } from "@eosin/plugin-api/imaging";
import { expect, test } from "vitest";
import { choosePatches } from "./choose-patches.js";

const samples = ["b", "a"].flatMap((domain) =>
  [3, 1, 2, 0].map((i) => ({ id: `${domain}/${i}`, domain, width: 8, height: 8, hash: "", source: null })),
);
const dataset = { name: "toy", summary: "toy", samples } as unknown as DatasetIndex;
const ids = samples.map(({ id }) => id);
const rngOf = (domain: string) => createRng(7, domain);

test("a few of each domain, by domain and id, whatever the order of the index", () => {
  const chosen = choosePatches(dataset, ids, 2, rngOf);
  expect(chosen.map((id) => id[0])).toEqual(["a", "a", "b", "b"]);
  expect(chosen).toEqual([...chosen].sort());
  const reversed = { ...dataset, samples: samples.toReversed() };
  expect(choosePatches(reversed, ids.toReversed(), 2, rngOf)).toEqual(chosen);
});

test("only from the ids given, and all of a domain that has fewer", () => {
  expect(choosePatches(dataset, ["b/3", "a/1", "a/2", "a/0"], 3, rngOf)).toEqual(["a/0", "a/1", "a/2", "b/3"]);
});

test("what is chosen in a domain does not depend on the others", () => {
  const all = choosePatches(dataset, ids, 1, rngOf);
  const alone = choosePatches(
    dataset,
    ids.filter((id) => id.startsWith("b")),
    1,
    rngOf,
  );
  expect(all).toContain(alone[0]);
});
