import { join, relative, resolve } from "node:path";
import { defineCommand, exitCodes } from "@eosin/plugin-api/commands";
import { alignColumns } from "@eosin/support/align-columns";
import { askForPlugin } from "../../scaffold/ask-for-plugin.js";
import { hasEosin } from "../../scaffold/package-versions.js";
import { writePlugin } from "../../scaffold/write-plugin.js";
import { print } from "../../terminal.js";

export default defineCommand({
  name: "plugin new",
  arguments: { name: { optional: true, help: "of the package, e.g. brightness or @my-lab/brightness" } },
  options: {
    kind: {
      alias: "k",
      value: "kind",
      help: "augmenter, normalizer, separator, loss, network, metric, … (asked for otherwise)",
    },
    out: { alias: "o", value: "folder", help: "where it goes (default: a folder of its name)" },
  },
  async run(_, { arguments: { name }, options }) {
    const wish = await askForPlugin(name, options.kind);
    if (wish === undefined) return exitCodes.interrupted;
    const folder = resolve(options.out ?? wish.name.name);
    const files = await writePlugin(folder, wish.name, wish.kind);
    const shown = relative(process.cwd(), folder) || ".";
    const commands = [
      ...(shown === "." ? [] : [[`cd ${shown}`, ""]]),
      ...(hasEosin(folder) ? [] : [["npm install", ""]]),
      ["npm test", `builds, then tests what every ${wish.kind} promises`],
      ["npm start", "runs example.yaml; its last lines name the report"],
    ];
    const source = join(shown, "src", `${wish.kind}.ts`);
    print(
      `${[
        `The ${wish.kind} ${wish.name.type} in ${shown}: ${files.length} files; what it does is in ${source}`,
        "",
        ...alignColumns(commands.map(([command, what], i) => [i === 0 ? "next" : "", command, what])),
      ].join("\n")}\n`,
    );
    return exitCodes.done;
  },
});
