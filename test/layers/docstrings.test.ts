import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript-5";
import { describe, expect, it } from "vitest";

const packages = fileURLToPath(new URL("../../packages/", import.meta.url));

/** What a package exports, by name, from its declarations as they are built. */
function exportsOf(name: string): Map<string, { readonly symbol: ts.Symbol; readonly checker: ts.TypeChecker }> {
  const folder = join(packages, name);
  const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    exports: { readonly [path: string]: { readonly types?: string } | string };
  };
  const entries = Object.entries(exports).flatMap(([path, target]) =>
    // The validator is somebody else's.
    typeof target === "string" || !target.types || path === "./zod" ? [] : [join(folder, target.types)],
  );
  const options = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, noLib: true };
  const program = ts.createProgram(entries, { ...options, types: [] });
  const checker = program.getTypeChecker();
  const found = new Map<string, { symbol: ts.Symbol; checker: ts.TypeChecker }>();
  for (const entry of entries) {
    const file = checker.getSymbolAtLocation(program.getSourceFile(entry)!);
    for (const each of file ? checker.getExportsOfModule(file) : []) {
      const symbol = each.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(each) : each;
      if (symbol.declarations?.[0].getSourceFile().fileName.startsWith(folder))
        found.set(each.name, { symbol, checker });
    }
  }
  return found;
}

/** Where an example says more to the author of a plugin than a sentence. */
const shownByExample = [
  "artifact",
  "artifacts",
  "component",
  "ComponentContext",
  "createRng",
  "createServiceToken",
  "EosinError",
  "isEosinError",
  "kindHelper",
  "listOfHandles",
  "PlanContext",
  "StepContext",
  "Augmenter",
  "DatasetComponent",
  "Normalizer",
  "Postprocess",
  "Separator",
  "SplitComponent",
  "sampleLoader",
  "EncoderFactory",
  "Engine",
  "engineProvider",
  "Loss",
  "Metric",
  "Network",
  "NetworkFactory",
  "Optimizer",
  "Schedule",
];

describe.each(["plugin-api", "engine", "pictures"])("docstrings of %s", (name) => {
  const exported = exportsOf(name);
  const tagsOf = (each: string) => {
    const { symbol, checker } = exported.get(each)!;
    return symbol.getJsDocTags(checker).map((tag) => tag.name);
  };

  it("every export has one", () => {
    expect(exported.size).toBeGreaterThan(2);
    const bare = [...exported].filter(
      ([, { symbol, checker }]) => ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim() === "",
    );
    expect(bare.map(([each]) => each)).toEqual([]);
  });

  if (name === "plugin-api") {
    it("helpers and interfaces of plugin authors have an example", () => {
      const helpers = [...exported.keys()].filter((each) => /^define[A-Z]/.test(each));
      expect(helpers.length).toBeGreaterThan(15);
      expect([...helpers, ...shownByExample].filter((each) => !tagsOf(each).includes("example"))).toEqual([]);
    });
  }
});
