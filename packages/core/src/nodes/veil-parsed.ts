import { EosinError, type JsonValue } from "@eosin/plugin-api";
import { childOf, type DocumentNode, type ScalarNode } from "./node.js";

/**
 * Options were parsed with what secret variables hold; the plan gets their stand-ins.
 * @param node What was parsed.
 * @throws EosinError `SECRET_NOT_TEXT` where a schema made something else of a secret
 */
export function veilParsed(value: JsonValue, node: DocumentNode): JsonValue {
  const secrets = secretsIn(node);
  if (secrets.length === 0) return value;
  return afterwards(veilAt(value, node), secrets);
}

function secretsIn(node: DocumentNode): readonly SecretNode[] {
  if (node.kind === "scalar") return isSecretNode(node) ? [node] : [];
  const children = node.kind === "list" ? node.items : [...node.entries.values()].map((entry) => entry.node);
  return children.flatMap(secretsIn);
}

type SecretNode = ScalarNode & { readonly value: string; readonly secret: string };

function isSecretNode(node: ScalarNode): node is SecretNode {
  return node.secret !== undefined && typeof node.value === "string";
}

function veilAt(value: JsonValue, node: DocumentNode | undefined): JsonValue {
  if (node === undefined) return value;
  if (node.kind === "scalar" && isSecretNode(node)) {
    if (value === node.value) return node.secret;
    if (typeof value === "number" || typeof value === "boolean") throw notText(node);
    return value;
  }
  if (Array.isArray(value)) return value.map((item: JsonValue, index) => veilAt(item, childOf(node, index)));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, veilAt(item, childOf(node, key))]));
}

/** What a schema moved elsewhere or wrote into a longer text. */
function afterwards(value: JsonValue, secrets: readonly SecretNode[]): JsonValue {
  if (typeof value === "string") {
    return secrets.reduce(
      (text, { value: secret, secret: standIn }) =>
        secret.length < 4 || text === standIn ? text : text.replaceAll(secret, standIn),
      value,
    );
  }
  if (Array.isArray(value)) return value.map((item: JsonValue) => afterwards(item, secrets));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, afterwards(item, secrets)]));
}

function notText(node: SecretNode): EosinError {
  return new EosinError({
    code: "SECRET_NOT_TEXT",
    message: "The value of a secret variable stays text, and this option makes something else of it.",
    place: node.via?.place ?? node.place,
    expected: "an option that takes a text",
    found: node.secret,
    next: "If the variable is not a secret, list its name under notSecrets.",
  });
}
