export { type Markup, markup, trusted } from "./markup.js";
export { type Page, page } from "./page.js";
