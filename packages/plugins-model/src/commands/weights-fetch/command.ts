import { defineCommand, exitCodes } from "@eosin/plugin-api/commands";
import { formatBytes } from "@eosin/support/format-bytes";

export default defineCommand({
  name: "weights fetch",
  arguments: { name: { help: "efficientnet-b0 … efficientnet-b7, resnet18, resnet34 or resnet50" } },
  async run({ output }, { arguments: { name } }) {
    const { fetchWeights } = await import("../../weights/fetch-weights.js");
    const status = output.statusLine();
    let lastTenth = -1;
    const path = await fetchWeights(name, {
      onProgress: (received, total) => {
        const text = `${name}  ${formatBytes(received)}${total === undefined ? "" : ` of ${formatBytes(total)}`}`;
        const tenth = total === undefined ? 0 : Math.floor((10 * received) / total);
        if (output.isTerminal) status.update(text);
        else if (tenth !== lastTenth) output.printError(`${text}\n`);
        lastTenth = tenth;
      },
    });
    status.end();
    output.print(`${output.colors.bold(name)}  ${path}\n`);
    return exitCodes.done;
  },
});
