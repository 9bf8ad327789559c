import { expect, test } from "vitest";
import { markup, page, trusted } from "./index.js";

test("a page of one file: title and description are escaped, what is on it has its own style", () => {
  const html = page({
    title: "a <b>",
    description: "5 > 4",
    style: ".own { color: red; }",
    body: markup`<p>${"<i>"}${trusted("<i>")}${[markup`1`, markup`${2}`]}${undefined}</p>`,
  });
  expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
  expect(html).toContain("<title>a &lt;b&gt;</title>");
  expect(html).toContain('<p class="soft">5 &gt; 4</p>');
  expect(html).toContain("<p>&lt;i&gt;<i>12</p>");
  expect(html.indexOf(".own")).toBeGreaterThan(html.indexOf(":root"));
  expect(html).not.toMatch(/src=|href=|url\(|@import/);
});

test("without a description there is no line for it", () => {
  expect(page({ title: "t", body: markup`x` })).toContain("</h1>\nx");
});
