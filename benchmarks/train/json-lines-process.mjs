import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A process that answers each JSON line with one: ours, or a peer (../peers/README.md). */
export class JsonLinesProcess {
  #process;
  #answers;
  #name;

  constructor(name, command, args, options = {}) {
    this.#name = name;
    this.#process = spawn(command, args, { ...options, stdio: ["pipe", "pipe", "inherit"] });
    this.#answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /** @throws Error with what the process answered in place of a result. */
  async ask(request) {
    this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error(`${this.#name} ended at ${JSON.stringify(request)}`);
    const answer = JSON.parse(value);
    if (answer.error) throw new Error(`${this.#name}: ${answer.error}\n${answer.traceback ?? answer.stack ?? ""}`);
    return answer;
  }

  async close() {
    await this.ask({ do: "close" });
    this.#process.stdin.end();
  }
}
