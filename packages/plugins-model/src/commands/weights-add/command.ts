import { defineCommand, exitCodes } from "@eosin/plugin-api/commands";

export default defineCommand({
  name: "weights add",
  arguments: { file: { help: "A published weight file, under any name" } },
  async run({ output }, { arguments: { file } }) {
    const { addWeights } = await import("../../weights/add-weights.js");
    const { name, path } = await addWeights(file);
    output.print(`${output.colors.bold(name)}  ${path}\n`);
    return exitCodes.done;
  },
});
