import ts from "typescript-5";

/** The declaration files of a package, by path, and which of them its `exports` name. */
export interface ContractSource {
  readonly version: string;
  /** Import path → file, e.g. `./imaging` → `imaging/index.d.ts`. */
  readonly entries: { readonly [path: string]: string };
  readonly files: { readonly [file: string]: string };
}

/** A part of a declaration that can come, go and change by itself. */
export interface Member {
  readonly text: string;
  readonly optional: boolean;
}

export interface Declaration {
  /** All of it but the members, without comments. */
  readonly head: string;
  readonly members: ReadonlyMap<string, Member>;
  /** Plugins only receive it (`@given` in its comment, or a class): it may grow. */
  readonly given: boolean;
  readonly names: ReadonlySet<string>;
}

export interface Contract {
  /** Import path → names that it exports. */
  readonly exports: ReadonlyMap<string, ReadonlySet<string>>;
  /** What is exported, and what that is made of, by name. */
  readonly declarations: ReadonlyMap<string, Declaration>;
}

const printer = ts.createPrinter({ removeComments: true });

export function readContract({ entries, files }: ContractSource): Contract {
  const program = ts.createProgram(Object.values(entries), { noLib: true, noResolve: false }, inMemory(files));
  const checker = program.getTypeChecker();
  const exports = new Map<string, Set<string>>();
  for (const [path, file] of Object.entries(entries)) {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file)!);
    exports.set(path, new Set(module ? checker.getExportsOfModule(module).map((each) => each.name) : []));
  }
  const all = new Map<string, Declaration>();
  for (const file of Object.keys(files)) {
    for (const statement of program.getSourceFile(file)?.statements ?? []) {
      for (const name of declaredNames(statement)) all.set(name, joined(all.get(name), describe(statement)));
    }
  }
  return { exports, declarations: reachable(exports, all) };
}

function inMemory(files: ContractSource["files"]): ts.CompilerHost {
  return {
    getSourceFile: (name, target) =>
      files[name] === undefined ? undefined : ts.createSourceFile(name, files[name], target, true),
    fileExists: (name) => files[name] !== undefined,
    readFile: (name) => files[name],
    getDefaultLibFileName: () => "lib.d.ts",
    getCurrentDirectory: () => "",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    writeFile() {},
  };
}

function declaredNames(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  const { name } = statement as ts.DeclarationStatement;
  return name && ts.isIdentifier(name) ? [name.text] : [];
}

function describe(statement: ts.Statement): Declaration {
  const whole = ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement) ? statement : undefined;
  const members = new Map<string, Member>();
  for (const member of whole?.members ?? []) {
    const key = member.name?.getText() ?? print(member);
    const optional = "questionToken" in member && member.questionToken !== undefined;
    members.set(key, { text: [members.get(key)?.text, print(member)].filter(Boolean).join("\n"), optional });
  }
  const head = whole ? print(statement).replace(/\{[\s\S]*\}$/, "") : print(statement);
  const given =
    ts.isClassDeclaration(statement) || ts.getJSDocTags(statement).some((tag) => tag.tagName.text === "given");
  return { head, members, given, names: identifiers(statement) };
}

/** Overloads, and types and values of one name. */
function joined(first: Declaration | undefined, second: Declaration): Declaration {
  if (!first) return second;
  return {
    head: `${first.head}\n${second.head}`,
    members: new Map([...first.members, ...second.members]),
    given: first.given && second.given,
    names: new Set([...first.names, ...second.names]),
  };
}

function reachable(exports: Contract["exports"], all: ReadonlyMap<string, Declaration>): Map<string, Declaration> {
  const found = new Map<string, Declaration>();
  const visit = (name: string) => {
    const declaration = all.get(name);
    if (!declaration || found.has(name)) return;
    found.set(name, declaration);
    declaration.names.forEach(visit);
  };
  for (const names of exports.values()) names.forEach(visit);
  return found;
}

function identifiers(node: ts.Node, names = new Set<string>()): Set<string> {
  if (ts.isIdentifier(node)) names.add(node.text);
  node.forEachChild((child) => void identifiers(child, names));
  return names;
}

function print(node: ts.Node): string {
  return printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile()).replaceAll(/\s+/g, " ");
}
