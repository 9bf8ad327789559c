import ts from "typescript-5";

/** Source texts by path. */
export type Sources = ReadonlyMap<string, string>;

export interface ThrownCodes {
  /** Code → places that make an error of it, `path:line`. */
  readonly codes: ReadonlyMap<string, readonly string[]>;
  /** Places whose code could not be told. */
  readonly unresolved: readonly string[];
}

/** A parameter, and the node that uses it. */
interface Parameter {
  readonly owner: ts.SignatureDeclaration | undefined;
  readonly name: string;
  readonly at: ts.Node;
}

const codeShape = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;

/**
 * The codes of all errors that sources make: what `code:` is in object literals, be it a text, one of two, a constant, a
 * parameter of the function or class around it (then what the callers give), or that of another error. Lines of looks,
 * which have a `level`, are not errors.
 */
export function thrownCodes(sources: Sources): ThrownCodes {
  const files = [...sources].map(([path, text]) => ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  const constants = new Map<string, ts.Expression>();
  const calls: (ts.CallExpression | ts.NewExpression)[] = [];
  const literals: ts.ObjectLiteralExpression[] = [];
  for (const file of files) {
    walk(file, (node) => {
      if (ts.isCallExpression(node) || ts.isNewExpression(node)) calls.push(node);
      if (ts.isObjectLiteralExpression(node)) literals.push(node);
      if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer && isText(node.initializer))
        constants.set(node.name.text, node.initializer);
    });
  }

  const codes = new Map<string, string[]>();
  const unresolved: string[] = [];
  const add = (code: string, place: string) => codes.set(code, [...(codes.get(code) ?? []), place]);

  /** Tells `found` each code that a value may be. */
  function resolve(value: ts.Expression, found: (code: string) => void, depth = 0): void {
    const each = ts.isAsExpression(value) || ts.isParenthesizedExpression(value) ? value.expression : value;
    const constant = ts.isIdentifier(each) ? constants.get(each.text) : undefined;
    if (isText(each)) {
      if (codeShape.test(each.text)) found(each.text);
    } else if (ts.isConditionalExpression(each)) {
      for (const branch of [each.whenTrue, each.whenFalse]) resolve(branch, found, depth);
    } else if (ts.isPropertyAccessExpression(each)) {
      // Of anything but `this` it is the code of another error.
      if (each.expression.kind === ts.SyntaxKind.ThisKeyword)
        resolveGiven({ owner: constructorOf(each), name: each.name.text, at: each }, found, depth);
    } else if (constant) {
      resolve(constant, found, depth);
    } else if (ts.isIdentifier(each)) {
      if (!isDestructured(each))
        resolveGiven({ owner: functionOf(each, each.text), name: each.text, at: each }, found, depth);
    } else if (each.kind !== ts.SyntaxKind.NullKeyword) {
      unresolved.push(placeOf(each));
    }
  }

  /** What the callers of a function, or of a class, give for one of its parameters. */
  function resolveGiven({ owner, name, at }: Parameter, found: (code: string) => void, depth: number): void {
    const index = owner?.parameters.findIndex((each) => each.name.getText() === name) ?? -1;
    const called = owner && nameOf(ts.isConstructorDeclaration(owner) ? owner.parent : owner);
    if (index < 0 || called === undefined || depth > 4) {
      unresolved.push(placeOf(at));
      return;
    }
    for (const call of calls.filter((each) => calledName(each) === called)) {
      const argument = call.arguments?.[index];
      if (argument) resolve(argument, found, depth + 1);
    }
  }

  for (const literal of literals) {
    const property = (name: string) => literal.properties.find((each) => each.name?.getText() === name);
    const code = property("code");
    if (!code || property("level") || property("signal")) continue;
    const value = ts.isPropertyAssignment(code) ? code.initializer : code.name;
    if (value && ts.isExpression(value)) resolve(value, (found) => add(found, placeOf(code)));
  }
  return { codes: new Map([...codes].sort(([a], [b]) => (a < b ? -1 : 1))), unresolved };
}

/** `fault` of `this.fault(…)`, `Owned` of `new Owned<Kind>(…)`. */
function calledName({ expression }: ts.CallExpression | ts.NewExpression): string | undefined {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : undefined;
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => walk(child, visit));
}

function isText(node: ts.Node): node is ts.StringLiteralLike {
  return ts.isStringLiteralLike(node);
}

function placeOf(node: ts.Node): string {
  const file = node.getSourceFile();
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

/** Whether a name comes out of another object, such as an error: `const { code, message } = error`. */
function isDestructured(name: ts.Identifier): boolean {
  let found = false;
  walk(functionOf(name) ?? name.getSourceFile(), (node) => {
    if (ts.isBindingElement(node) && node.name.getText() === name.text) found = true;
  });
  return found;
}

/** The innermost function around a node, or the innermost that has a parameter of the name. */
function functionOf(node: ts.Node, parameter?: string): ts.SignatureDeclaration | undefined {
  for (let each: ts.Node | undefined = node.parent; each; each = each.parent) {
    if (!ts.isFunctionLike(each)) continue;
    if (parameter === undefined || each.parameters.some(({ name }) => name.getText() === parameter)) return each;
  }
  return undefined;
}

/** The constructor of the class around a node. */
function constructorOf(node: ts.Node): ts.ConstructorDeclaration | undefined {
  for (let each: ts.Node | undefined = node; each; each = each.parent) {
    if (ts.isClassLike(each)) return each.members.find(ts.isConstructorDeclaration);
  }
  return undefined;
}

function nameOf(node: ts.Node): string | undefined {
  const { name } = node as ts.NamedDeclaration;
  if (name) return name.getText();
  return ts.isVariableDeclaration(node.parent) ? node.parent.name.getText() : undefined;
}
