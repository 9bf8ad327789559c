import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";

/** A registry of npm packages on this machine, empty at first, that asks nobody else. */
export interface LocalRegistry {
  readonly url: string;
  /** Settings of npm that publish to it and take everything from it. */
  readonly publisherConfig: string;
  /** Settings of npm that take the scopes `@eosin` and `@example` from it and all else from where npm takes it. */
  readonly userConfig: string;
  stop(): Promise<void>;
}

const config = `storage: ./storage
auth: { htpasswd: { file: ./htpasswd } }
uplinks: {}
packages:
  "**": { access: $all, publish: $all }
log: { type: stdout, format: json, level: warn }
`;

export async function startLocalRegistry(folder: string): Promise<LocalRegistry> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "config.yaml"), config);
  const address = `127.0.0.1:${await freePort()}`;
  const program = createRequire(import.meta.url).resolve("verdaccio/bin/verdaccio");
  const command = [program, "--config", join(folder, "config.yaml"), "--listen", address];
  const server = spawn(process.execPath, command, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const said: string[] = [];
  for (const output of [server.stdout, server.stderr]) output.on("data", (text: Buffer) => said.push(`${text}`));
  const url = `http://${address}/`;
  await answering(url, server, said);
  // Anybody may publish, but npm sends nothing without a token.
  const token = `//${address}/:_authToken=rehearsal\n`;
  const publisherConfig = join(folder, "publisher.npmrc");
  writeFileSync(publisherConfig, `registry=${url}\n${token}`);
  const userConfig = ["@eosin", "@example"].map((scope) => `${scope}:registry=${url}\n`).join("");
  return { url, publisherConfig, userConfig, stop: () => ended(server) };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

async function answering(url: string, server: ChildProcess, said: readonly string[]): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (server.exitCode !== null) break;
    const ping = await fetch(`${url}-/ping`).catch(() => undefined);
    if (ping?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  server.kill("SIGKILL");
  throw new Error(`The local registry did not start:\n${said.join("")}`);
}

function ended(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) return resolve();
    server.on("exit", () => resolve());
    server.kill("SIGKILL");
  });
}
