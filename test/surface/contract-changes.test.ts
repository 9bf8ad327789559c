import { describe, expect, it } from "vitest";
import { announcementFault } from "./announcement.js";
import { readContract } from "./contract.js";
import { contractChanges } from "./contract-changes.js";

const index = 'export { type Augmenter, define } from "./augmenter.js";\nexport type { Sample } from "./sample.js";\n';
const augmenter = `import type { Sample } from "./sample.js";
interface Draw { readonly key: number; }
export interface Augmenter {
    apply(sample: Sample, draw: Draw): Sample;
}
export declare function define(augmenter: Augmenter): Augmenter;
export interface Internal { readonly a: number; }
`;
const sample = "export interface Sample {\n    readonly id: string;\n}\n";
const before = {
  version: "1.0.0",
  entries: { ".": "index.d.ts" } as Record<string, string>,
  files: { "index.d.ts": index, "augmenter.d.ts": augmenter, "sample.d.ts": sample } as Record<string, string>,
};

/** Changes one text of the made-up contract. */
function edit(file: string, from: string, to: string): typeof before {
  expect(before.files[file]).toContain(from);
  return { ...before, files: { ...before.files, [file]: before.files[file].replace(from, to) } };
}

const changes = (after: typeof before) => contractChanges(readContract(before), readContract(after));

describe("breaking is", () => {
  it.each([
    ["an export that is gone", edit("index.d.ts", ", define", ""), ". no longer exports define"],
    [
      "an export that is renamed",
      edit("index.d.ts", "Augmenter,", "Augmenter as Augmentation,"),
      "no longer exports Aug",
    ],
    ["an entry point that is gone", { ...before, entries: {} }, "the entry point . is gone"],
    ["a member that is gone", edit("sample.d.ts", "readonly id: string;", ""), "Sample.id is gone"],
    ["a member of another type", edit("sample.d.ts", "id: string", "id: number"), "Sample.id changed"],
    ["a member that may be missing", edit("sample.d.ts", "id: string", "id?: string"), "Sample.id changed"],
    ["a new duty of plugins", edit("sample.d.ts", "id: string;", "id: string;\n size: number;"), "required of plugins"],
    [
      "another parameter",
      edit("augmenter.d.ts", "define(augmenter: ", "define(name: string, augmenter: "),
      "define is",
    ],
    ["another base", edit("sample.d.ts", "Sample {", "Sample extends Base {"), "Sample is declared otherwise"],
    ["a change of what an export is made of", edit("augmenter.d.ts", "key: number", "key: string"), "Draw.key changed"],
  ])("%s", (_, after, what) => {
    const found = changes(after);
    expect(found.filter(({ breaking }) => breaking).map((each) => each.what)).toEqual([expect.stringContaining(what)]);
    for (const announced of ["none", "patch", "minor"] as const) {
      const fault = announcementFault(found, announced);
      expect(fault).toContain(what);
      expect(fault).toContain('expected: a changeset "@eosin/plugin-api": major');
      expect(fault).toContain("pnpm changeset");
    }
    expect(announcementFault(found, "major")).toBeUndefined();
  });
});

describe("additive is", () => {
  const more = "export declare const added: number;\nexport { type Augmenter";
  it.each([
    ["a new export", edit("index.d.ts", "export { type Augmenter", more)],
    ["a new entry point", { ...before, entries: { ...before.entries, "./sample": "sample.d.ts" } }],
    ["an optional member", edit("sample.d.ts", "id: string;", "id: string;\n    readonly domain?: string;")],
    [
      "more of what plugins only receive",
      edit(
        "augmenter.d.ts",
        "interface Draw { ",
        "/** Of one sample.\n * @given */\ninterface Draw { readonly epoch: number; ",
      ),
    ],
  ])("%s", (_, after) => {
    const found = changes(after);
    expect(found.map(({ breaking }) => breaking)).toEqual([false]);
    expect(announcementFault(found, "none")).toContain('expected: a changeset "@eosin/plugin-api": minor');
    expect(announcementFault(found, "patch")).toContain(found[0].what);
    expect(announcementFault(found, "minor")).toBeUndefined();
  });
});

describe("no change is", () => {
  it.each([
    ["a comment", edit("sample.d.ts", "    readonly id", "    /** Unique in its dataset. */\n    readonly id")],
    [
      "a declaration in another file",
      {
        ...before,
        files: { ...before.files, "sample.d.ts": 'export type { Sample } from "./moved.js";', "moved.d.ts": sample },
      },
    ],
    ["what no export is made of", edit("augmenter.d.ts", "readonly a: number", "readonly b: string")],
  ])("%s", (_, after) => {
    expect(changes(after)).toEqual([]);
    expect(announcementFault([], "none")).toBeUndefined();
  });
});
