import { describe, expect, test } from "vitest";
import { plainText } from "../../fixtures/write-document.js";
import { parseTemplate } from "./parse-template.js";

const place = { file: "--text", line: 1, column: 1 };
const parse = (text: string) =>
  parseTemplate(text, place).map((part) =>
    typeof part === "string" ? part : `<${part.source} ${part.name}${part.key ? " key" : ""}>`,
  );

test.each([
  ["plain", ["plain"]],
  ["", [""]],
  ["${params.alpha}", ["<params alpha>"]],
  ["a-${params.alpha}-${env.HOME_1}", ["a-", "<params alpha>", "-", "<env HOME_1>"]],
  ["${each.fold.key}", ["<each fold key>"]],
  ["$${params.alpha}", ["${params.alpha}"]],
  ["costs $5 ${matrix.x}", ["costs $5 ", "<matrix x>"]],
])("%s", (text, parts) => {
  expect(parse(text)).toEqual(parts);
});

describe("refused", () => {
  test.each([
    "${param.alpha}",
    "${params.alpha",
    "${params}",
    "${params.a.b}",
    "${params.alpha + 1}",
    "${env.X:-default}",
    "${each.fold.value}",
    "${}",
  ])("%s", (text) => {
    let message = "no error was thrown";
    try {
      parse(text);
    } catch (error) {
      message = plainText(error);
    }
    expect(message).toMatchSnapshot();
  });
});
