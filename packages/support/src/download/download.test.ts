import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ChecksumMismatch, download } from "./download.js";

const content = Buffer.alloc(300_000, "weights of an encoder, ");
const sha256 = createHash("sha256").update(content).digest("hex");

let server: Server;
let url: string;
let respond: (request: IncomingMessage, response: ServerResponse) => void;
let requests: IncomingMessage["headers"][];
let folder: string;
let file: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(request.headers);
    respond(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/encoder.pth`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

beforeEach(async () => {
  requests = [];
  respond = serve();
  folder = await mkdtemp(join(tmpdir(), "eosin-download-"));
  file = join(folder, "encoder.part");
  return () => rm(folder, { recursive: true });
});

/** Serves ranges; cuts the connection after so many bytes of the body. */
function serve({ cutAfter = content.length, ranges = true, body = content } = {}) {
  return ({ headers }: IncomingMessage, response: ServerResponse) => {
    const start = ranges ? Number(/^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1] ?? 0) : 0;
    if (start >= body.length) {
      response.writeHead(416, { "content-range": `bytes */${body.length}` }).end();
      return;
    }
    const rest = body.subarray(start);
    const range = { "content-range": `bytes ${start}-${body.length - 1}/${body.length}` };
    response.writeHead(start > 0 ? 206 : 200, { "content-length": rest.length, ...(start > 0 && range) });
    if (rest.length <= cutAfter) response.end(rest);
    else response.write(rest.subarray(0, cutAfter), () => setTimeout(() => response.destroy(), 20));
  };
}

const ranges = () => requests.map(({ range }) => range);
const expectWhole = async () => expect(content.equals(await readFile(file))).toBe(true);

describe("a download", () => {
  it("is the file, and tells of its progress", async () => {
    const progress: [number, number | undefined][] = [];
    await download(url, file, { sha256, onProgress: (...now) => progress.push(now) });
    await expectWhole();
    expect(progress.at(-1)).toEqual([content.length, content.length]);
    const received = progress.map(([bytes]) => bytes);
    expect(received).toEqual(received.toSorted((a, b) => a - b));
    expect(requests[0]["accept-encoding"]).toBe("identity");
  });

  it("needs no checksum, and takes the beginning of one", async () => {
    await download(url, file);
    await download(url, file, { sha256: sha256.slice(0, 8) });
    await expectWhole();
  });

  it("takes up connections that are cut, from where they were", async () => {
    respond = serve({ cutAfter: 90_000 });
    const progress: number[] = [];
    await download(url, file, { sha256, onProgress: (received) => progress.push(received) });
    expect(requests.length).toBeGreaterThanOrEqual(4);
    expect(ranges().slice(1)).toEqual(requests.slice(1).map(() => expect.stringMatching(/^bytes=[1-9]\d*-$/)));
    expect(progress.at(-1)).toBe(content.length);
  });

  it("continues what an earlier one left", async () => {
    await writeFile(file, content.subarray(0, 100_000));
    await download(url, file, { sha256 });
    expect(ranges()).toEqual(["bytes=100000-"]);
  });

  it("notices that all had come already", async () => {
    await writeFile(file, content);
    await download(url, file, { sha256 });
    expect(requests).toHaveLength(1);
  });

  it("starts over with a server that knows no ranges", async () => {
    await writeFile(file, Buffer.alloc(100_000));
    respond = serve({ ranges: false });
    await download(url, file, { sha256 });
  });

  it("starts over where the server has a shorter file", async () => {
    await writeFile(file, Buffer.alloc(content.length + 1));
    await download(url, file, { sha256 });
    await expectWhole();
  });

  it("of unknown length is taken as it ends", async () => {
    respond = (_, response) => {
      response.write(content.subarray(0, 1000));
      response.end(content.subarray(1000));
    };
    const totals = new Set<number | undefined>();
    await download(url, file, { sha256, onProgress: (_, total) => totals.add(total) });
    expect([...totals]).toEqual([undefined]);
  });

  it("tries again where the server has trouble", async () => {
    respond = (request, response) =>
      requests.length < 3 ? response.writeHead(503).end("busy") : serve()(request, response);
    await download(url, file, { sha256 });
    expect(requests).toHaveLength(3);
  });
});

describe("a download fails", () => {
  it("with another file than asked for, which it deletes", async () => {
    respond = (_, response) => response.end("something else");
    const failing = download(url, file, { sha256: "dcc49843" });
    await expect(failing).rejects.toBeInstanceOf(ChecksumMismatch);
    await expect(failing).rejects.toMatchObject({
      expected: "dcc49843",
      found: createHash("sha256").update("something else").digest("hex"),
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it("with a server that does not have it, without asking twice", async () => {
    respond = (_, response) => response.writeHead(404).end("none");
    await expect(download(url, file)).rejects.toThrow("the server answered 404 Not Found");
    expect(requests).toHaveLength(1);
  });

  it("with a server that always cuts, keeping what came", async () => {
    respond = (request, response) =>
      requests.length === 1 ? serve({ cutAfter: 50_000 })(request, response) : response.destroy();
    await expect(download(url, file)).rejects.toThrow(/\(.+\)$/);
    expect(requests).toHaveLength(4);
    expect((await stat(file)).size).toBeGreaterThan(0);
  });

  it("with a server that knows no ranges and always cuts, however much comes each time", async () => {
    let cut = 0;
    respond = (request, response) => {
      cut++;
      serve({ cutAfter: cut % 2 === 1 ? 100_000 : 90_000, ranges: false })(request, response);
    };
    await expect(download(url, file)).rejects.toThrow();
    expect(requests.length).toBeLessThan(8);
  });

  it("with a server that continues elsewhere", async () => {
    await writeFile(file, content.subarray(0, 1000));
    respond = (_, response) =>
      response.writeHead(206, { "content-range": `bytes 500-${content.length - 1}/${content.length}` }).end("x");
    await expect(download(url, file)).rejects.toThrow("the server continued at byte 500, not at 1000");
    expect((await stat(file)).size).toBe(1000);
  });

  it("without a network, and says what the network said", async () => {
    await expect(download("http://127.0.0.1:9/encoder.pth", file)).rejects.toThrow(/^fetch failed \(/);
  });

  it("at once where the file cannot be written", async () => {
    await expect(download(url, join(folder, "absent/encoder.part"))).rejects.toThrow("ENOENT");
    expect(requests).toHaveLength(1);
  });
});

describe("an aborted download throws the signal's reason", () => {
  const reason = new Error("the user left");

  it("before anything is asked", async () => {
    await expect(download(url, file, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(requests).toEqual([]);
  });

  it("while the server is silent", async () => {
    const controller = new AbortController();
    respond = () => controller.abort(reason);
    await expect(download(url, file, { signal: controller.signal })).rejects.toBe(reason);
  });

  it("while bytes come, and keeps them", async () => {
    const controller = new AbortController();
    respond = (_, response) => response.write(content.subarray(0, 50_000));
    const onProgress = () => controller.abort(reason);
    await expect(download(url, file, { signal: controller.signal, onProgress })).rejects.toBe(reason);
    expect((await stat(file)).size).toBeGreaterThan(0);
  });

  it("while it waits to try again", async () => {
    const controller = new AbortController();
    respond = (_, response) => {
      response.destroy();
      setTimeout(() => controller.abort(reason), 50);
    };
    await expect(download(url, file, { signal: controller.signal })).rejects.toBe(reason);
    expect(requests).toHaveLength(1);
  });
});
