import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { open, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { artifact, defineArtifact, definePlugin, defineStep } from "@eosin/plugin-api";
import { z } from "zod";

const digestArtifact = defineArtifact("digest", z.unknown());

/**
 * Works like a trainer in small: state that each round builds on, a checkpoint a round, blobs that stream into the
 * output while it runs. Slow on purpose, also inside the write of a checkpoint.
 */
const accumulate = defineStep({
  type: "faults/accumulate",
  summary: "Adds random chunks to a running digest, with a checkpoint after each.",
  options: z.strictObject({ label: z.string(), rounds: z.number().int(), bytes: z.number().int() }),
  produces: digestArtifact,
  create: ({ options }) => ({
    async run({ scratch, output, rng, progress }) {
      const checkpointFile = join(scratch, "checkpoint.json");
      const start = { round: 0, digest: "" };
      let state = existsSync(checkpointFile) ? JSON.parse(await readFile(checkpointFile, "utf8")) : start;
      const chunkFile = (round) => join(scratch, `chunk-${round}.bin`);
      for (let round = 0; round < state.round; round++) await output.moveIn(`chunks/${round}.bin`, chunkFile(round));
      while (state.round < options.rounds) {
        const chunk = randomBytes(rng(options.label, state.round), options.bytes);
        await writeFile(chunkFile(state.round), chunk);
        await output.moveIn(`chunks/${state.round}.bin`, chunkFile(state.round));
        const digest = createHash("sha256").update(state.digest).update(chunk).digest("hex");
        state = { round: state.round + 1, digest };
        await writeSlowly(checkpointFile, JSON.stringify(state));
        progress({ unit: "round", current: state.round, total: options.rounds });
      }
      await output.write("digest.txt", state.digest);
      return { digest: state.digest };
    },
  }),
});

const combine = defineStep({
  type: "faults/combine",
  summary: "One digest of several.",
  options: z.strictObject({ left: artifact(digestArtifact), right: artifact(digestArtifact) }),
  produces: digestArtifact,
  create: ({ options }) => ({
    async run({ open: openArtifact }) {
      const digest = createHash("sha256");
      for (const handle of [options.left, options.right]) {
        const { value, blobNames, blobPath } = await openArtifact(handle);
        digest.update(value.digest);
        for (const name of blobNames) digest.update(await readFile(blobPath(name)));
      }
      return { digest: digest.digest("hex") };
    },
  }),
});

const crash = defineStep({
  type: "faults/crash",
  summary: "Ends its own process.",
  options: z.strictObject({ how: z.enum(["heap", "native"]) }),
  produces: digestArtifact,
  create: ({ options }) => ({
    run() {
      if (options.how === "native") process.kill(process.pid, "SIGSEGV");
      const hoard = [];
      for (;;) hoard.push(new Array(100_000).fill(hoard.length));
    },
  }),
});

function randomBytes(rng, count) {
  const bytes = Buffer.alloc(count);
  for (let at = 0; at < count; at++) bytes[at] = rng.integer(256);
  return bytes;
}

/** In two halves with a pause between: a kill can strike inside. */
async function writeSlowly(file, text) {
  const half = text.length >> 1;
  const handle = await open(`${file}.tmp`, "w");
  await handle.write(text.slice(0, half));
  await sleep(30);
  await handle.write(text.slice(half));
  await handle.sync();
  await handle.close();
  await rename(`${file}.tmp`, file);
  await sleep(10);
}

export default definePlugin({ name: "faults-plugin", components: [accumulate, combine, crash] });
