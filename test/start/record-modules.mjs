// Preloaded into `pipe` as `record-modules.mjs?to=FILE`: appends the path of every module that is loaded to the file.
import { appendFileSync } from "node:fs";
import Module, { register } from "node:module";

const record = new URL(import.meta.url).searchParams.get("to");

register(
  `data:text/javascript,${encodeURIComponent(`
    import { appendFileSync } from "node:fs";
    export async function load(url, context, next) {
      if (url.startsWith("file:")) appendFileSync(${JSON.stringify(record)}, new URL(url).pathname + "\\n");
      return next(url, context);
    }`)}`,
);

const load = Module.prototype.load;
Module.prototype.load = function (file) {
  appendFileSync(record, `${file}\n`);
  return load.call(this, file);
};
