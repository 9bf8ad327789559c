import { createInterface } from "node:readline";

/**
 * Answers each JSON line on standard input with one: `commands[request.do]` gets the request's other keys. A failed
 * command is answered with its error, and the process goes on, until it is told to close (peers/json_lines.py does so too).
 */
export async function serveJsonLines(commands) {
  const known = { ...commands, close: () => ({}) };
  for await (const line of createInterface({ input: process.stdin })) {
    if (!line.trim()) continue;
    const { do: name, ...request } = JSON.parse(line);
    try {
      console.log(JSON.stringify(await known[name](request)));
    } catch (error) {
      console.log(JSON.stringify({ error: String(error), stack: error?.stack }));
    }
    if (name === "close") break;
  }
}
