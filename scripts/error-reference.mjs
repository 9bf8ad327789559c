// Writes docs/errors.md from the catalogue of error codes.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { errorPage } from "./error-page.mjs";

writeFileSync(fileURLToPath(new URL("../docs/errors.md", import.meta.url)), errorPage());
