/** Text that is safe inside HTML. */
export interface Markup {
  readonly html: string;
}

type Part = string | number | Markup | readonly Markup[] | undefined;

/** Makes HTML from a template; every value that is not {@link Markup} itself is escaped. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { html: strings.map((text, i) => text + (i < parts.length ? toHtml(parts[i]) : "")).join("") };
}

/** Trusts a text that is HTML already, e.g. an SVG that we rendered. */
export function trusted(html: string): Markup {
  return { html };
}

function toHtml(part: Part): string {
  if (part === undefined) return "";
  if (typeof part === "string" || typeof part === "number") return escapeHtml(String(part));
  if (Array.isArray(part)) return part.map((each) => each.html).join("");
  return (part as Markup).html;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
