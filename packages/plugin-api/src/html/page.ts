import { type Markup, markup, trusted } from "./markup.js";
import { pageStyle } from "./page-style.js";

/** What {@link page} makes a page of. */
export interface Page {
  readonly title: string;
  /** A sentence under the title. */
  readonly description?: string;
  /** Style sheet of what `body` holds, after the page's own. */
  readonly style?: string;
  readonly body: Markup;
}

/** A page that needs no other file and no network, looking as every report does. */
export function page({ title, description, style = "", body }: Page): string {
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${trusted(pageStyle + style)}</style></head><body>
<h1>${title}</h1>
${description === undefined ? undefined : markup`<p class="soft">${description}</p>\n`}${body}
</body></html>
`.html;
}
