import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript-5";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

interface Example {
  /** Where the docstring is, `path:line`. */
  readonly place: string;
  readonly text: string;
}

/** Packages whose docstrings are for people outside. */
const packages = ["plugin-api", "engine", "pictures"];

/** The `ts` blocks of all `@example` tags of a source file. */
function examplesIn(path: string): Example[] {
  const file = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  const examples: Example[] = [];
  const visit = (node: ts.Node): void => {
    for (const tag of ts.getJSDocTags(node)) {
      if (tag.parent.parent !== node || tag.tagName.text !== "example") continue;
      const comment = ts.getTextOfJSDocComment(tag.comment) ?? "";
      const line = file.getLineAndCharacterOfPosition(tag.pos).line + 1;
      const [, text = ""] = /```ts\n([\s\S]*?)```/.exec(comment) ?? [];
      examples.push({ place: `${relative(root, path)}:${line}`, text });
    }
    node.forEachChild(visit);
  };
  visit(file);
  return examples;
}

function sources(): string[] {
  return packages.flatMap((name) => {
    const folder = join(root, "packages", name, "src");
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
      .map((file) => join(folder, file));
  });
}

/** What the compiler says of each example as a module of its own, against the packages as they are built. */
function compile(examples: readonly Example[]): string[] {
  const options: ts.CompilerOptions = {
    ...ts.parseJsonConfigFileContent(
      ts.readConfigFile(join(root, "tsconfig.base.json"), ts.sys.readFile).config,
      ts.sys,
      root,
    ).options,
    noEmit: true,
    noUnusedLocals: false,
    noUnusedParameters: false,
  };
  const files = new Map(examples.map((each, i) => [join(root, "test/typings", `example-${i}.ts`), each]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path)?.text ?? readFile(path);
  const program = ts.createProgram([...files.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const example = file && files.get(file.fileName);
    const line = file ? file.text.slice(0, start).split("\n").length : 0;
    return `${example?.place ?? file?.fileName}, line ${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}

it("examples in docstrings compile", () => {
  const examples = sources().flatMap(examplesIn);
  expect(examples.length).toBeGreaterThan(40);
  const bare = examples.filter(({ text }) => text === "").map(({ place }) => place);
  expect(bare, "examples without a block of ```ts").toEqual([]);
  expect(compile(examples)).toEqual([]);
});
