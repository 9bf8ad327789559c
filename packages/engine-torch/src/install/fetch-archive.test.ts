import { readdirSync, readFileSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { sha256Of } from "@eosin/support/sha256";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Archive, publishedArchive } from "./archive.js";
import { fetchArchive } from "./fetch-archive.js";
import { agreeing, temporaryFolder } from "./installing.test-support.js";
import { zip } from "./zip.test-support.js";

const noise = Array.from({ length: 20_000 }, (_, i) => (i * 7919).toString(36)).join("");
const content = zip({
  "libtorch/": "",
  "libtorch/include/a.h": "int a;\n",
  "libtorch/lib/big.so": noise,
  "libtorch/empty": "",
});

let server: Server;
let respond: (request: IncomingMessage, response: ServerResponse) => void;
let requests: (string | undefined)[];
let archive: Archive;
let folder: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(request.headers.range);
    respond(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/libtorch.zip`;
  archive = { version: "2.0.0", url, sha256: sha256Of(content) };
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  requests = [];
  respond = serve(content);
  folder = join(temporaryFolder(), "engines", "torch");
});

/** Serves ranges; cuts the connection after so many bytes of the body. */
function serve(file: Buffer, cutAfter = file.length) {
  return ({ headers }: IncomingMessage, response: ServerResponse) => {
    const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1] ?? 0);
    const range = {
      "content-range": start >= file.length ? `bytes */${file.length}` : `bytes ${start}-/${file.length}`,
    };
    const body = file.subarray(start);
    const status = start === 0 ? 200 : start >= file.length ? 416 : 206;
    response.writeHead(status, { "content-length": body.length, ...(start > 0 && range) });
    if (body.length <= cutAfter) response.end(body);
    else response.write(body.subarray(0, cutAfter), () => setTimeout(() => response.destroy(), 20));
  };
}

const part = () => join(folder, "libtorch-2.0.0.zip.part");

it("downloads, checks and unpacks, and leaves nothing else", async () => {
  const seen = new Map<string, string>();
  const progress = (what: string, done: number, total?: number) => seen.set(what, `${done}/${total}`);
  await fetchArchive(folder, { ...agreeing(), progress }, archive);
  expect(readdirSync(folder)).toEqual(["libtorch-2.0.0"]);
  expect(readFileSync(join(folder, "libtorch-2.0.0/include/a.h"), "utf8")).toBe("int a;\n");
  expect(readFileSync(join(folder, "libtorch-2.0.0/lib/big.so"), "utf8")).toBe(noise);
  expect(statSync(join(folder, "libtorch-2.0.0/empty")).size).toBe(0);
  expect(seen.get("downloading libtorch")).toBe(`${content.length}/${content.length}`);
  expect(seen.get("unpacking libtorch")).toBe(`${noise.length + 7}/${noise.length + 7}`);
});

it("takes up cut connections, and continues what an earlier command left", async () => {
  respond = serve(content, 20_000);
  await fetchArchive(folder, agreeing(), archive);
  expect(requests.length).toBeGreaterThan(2);
  expect(requests.slice(1).every((range) => /^bytes=[1-9]\d*-$/.test(range ?? ""))).toBe(true);
});

it("continues a download that failed", async () => {
  respond = (request, response) =>
    requests.length === 1 ? serve(content, 50_000)(request, response) : response.destroy();
  await expect(fetchArchive(folder, agreeing(), archive)).rejects.toMatchObject({ code: "ENGINE_INSTALL_FAILED" });
  const kept = statSync(part()).size;
  expect(kept).toBeGreaterThan(0);
  [requests, respond] = [[], serve(content)];
  await fetchArchive(folder, agreeing(), archive);
  expect(requests).toEqual([`bytes=${kept}-`]);
});

describe("fails clearly", () => {
  it("with another file than the published one, which it deletes", async () => {
    respond = serve(Buffer.from("another file"));
    await expect(fetchArchive(folder, agreeing(), archive)).rejects.toMatchObject({
      code: "ENGINE_INSTALL_FAILED",
      expected: `SHA-256 ${archive.sha256}`,
      found: expect.stringMatching(/^SHA-256 [0-9a-f]{64}$/),
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("with a server that does not have it, without asking twice", async () => {
    respond = (_, response) => response.writeHead(404).end();
    await expect(fetchArchive(folder, agreeing(), archive)).rejects.toMatchObject({
      found: "the server answered 404 Not Found",
    });
    expect(requests).toHaveLength(1);
  });

  it("without a network: what else there is to do", async () => {
    await expect(
      fetchArchive(folder, agreeing(), { ...archive, url: "http://127.0.0.1:9/a.zip" }),
    ).rejects.toMatchObject({
      code: "ENGINE_INSTALL_FAILED",
      message: "libtorch 2.0.0 could not be downloaded.",
      next: expect.stringMatching(/pip install torch.*LIBTORCH/),
    });
  });

  it("with an archive that is none, or would write elsewhere", async () => {
    for (const file of [Buffer.from("no archive at all, and no short one either"), zip({ "../outside": "a" })]) {
      folder = temporaryFolder();
      respond = serve(file);
      const sha256 = sha256Of(file);
      await expect(fetchArchive(folder, agreeing(), { ...archive, sha256 })).rejects.toMatchObject({
        message: "libtorch 2.0.0 could not be unpacked.",
        found: expect.stringMatching(/not a zip file|invalid relative path/),
      });
    }
  });

  it("and at once where it is aborted", async () => {
    respond = () => {};
    const signal = AbortSignal.timeout(50);
    await expect(fetchArchive(folder, { ...agreeing(), signal }, archive)).rejects.toMatchObject({
      name: "TimeoutError",
    });
  });
});

it("pins the published archive by its checksum", () => {
  expect(publishedArchive.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(publishedArchive.url).toContain(`-${publishedArchive.version}%2Bcpu.zip`);
});
