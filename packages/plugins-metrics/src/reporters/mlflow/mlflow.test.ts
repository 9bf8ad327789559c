import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Artifact } from "@eosin/plugin-api";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createOwnMetric } from "../../metrics/own-metrics.js";
import { handlesOf, trackingContext, trainedFold } from "../tracking/tracking.test-support.js";
import { createMlflow } from "./mlflow.js";
import { mlflowOptions } from "./options.js";

interface Request {
  readonly line: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

interface StoredRun {
  readonly id: string;
  status: string;
  readonly tags: readonly { key: string; value: string }[];
}

/** Answers as the REST API 2.0 is published; MLflow itself is Python, and is not installed for the tests. */
class TrackingServer {
  readonly requests: Request[] = [];
  readonly runs: StoredRun[] = [];
  readonly experiments: string[] = [];
  /** Refuses this path. */
  broken = "";
  readonly #server: Server;

  constructor() {
    this.#server = createServer(async (request, response) => {
      let body = "";
      for await (const part of request) body += part;
      this.requests.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
      const [status, answer] = this.#answer(new URL(request.url!, "http://here"), body === "" ? {} : JSON.parse(body));
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => void this.#server.close(() => resolve()));
  }

  #answer({ pathname, searchParams }: URL, body: Record<string, never>): [number, object] {
    const path = pathname.replace("/api/2.0/mlflow/", "");
    if (path === this.broken) return [500, { error_code: "INTERNAL_ERROR", message: "the disk is full" }];
    switch (path) {
      case "experiments/get-by-name": {
        const index = this.experiments.indexOf(searchParams.get("experiment_name")!);
        if (index < 0) return [404, { error_code: "RESOURCE_DOES_NOT_EXIST", message: "no such experiment" }];
        return [200, { experiment: { experiment_id: String(index) } }];
      }
      case "experiments/create":
        return [200, { experiment_id: String(this.experiments.push(body.name) - 1) }];
      case "runs/search": {
        const wanted = [...(body.filter as string).matchAll(/tags\.`([^`]+)` = '([^']+)'/g)];
        const has = ({ tags }: StoredRun) =>
          wanted.every(([, key, value]) => tags.some((tag) => tag.key === key && tag.value === value));
        const found = this.runs.filter(has).map(({ id, status }) => ({ info: { run_id: id, status } }));
        // As MLflow does: no key at all where nothing is found.
        return [200, found.length === 0 ? {} : { runs: found }];
      }
      case "runs/create": {
        const run = { id: `run-${this.runs.length}`, status: "RUNNING", tags: body.tags };
        this.runs.push(run);
        return [200, { run: { info: { run_id: run.id } } }];
      }
      case "runs/log-batch":
        return [200, {}];
      case "runs/update":
        this.runs.find(({ id }) => id === body.run_id)!.status = body.status;
        return [200, {}];
      case "runs/delete":
        this.runs.splice(
          this.runs.findIndex(({ id }) => id === body.run_id),
          1,
        );
        return [200, {}];
      default:
        return [404, { error_code: "ENDPOINT_NOT_FOUND" }];
    }
  }
}

let folder: string;
let server: TrackingServer;
let uri: string;
let artifacts: readonly Artifact<unknown>[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "eosin-mlflow-"));
  artifacts = await trainedFold(folder, "fold-0");
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  server = new TrackingServer();
  uri = await server.listen();
  vi.spyOn(Date, "now").mockReturnValue(1_700_000_000_000);
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await server.close();
});

async function track(more: Record<string, unknown> = {}) {
  const { context, warnings } = trackingContext(artifacts);
  const options = mlflowOptions.parse({
    uri,
    models: handlesOf(artifacts, "model"),
    predictions: handlesOf(artifacts, "predictions"),
    ...more,
  });
  return { value: await createMlflow({ options, create: createOwnMetric } as never).run(context), warnings };
}

const paths = () => server.requests.map(({ line }) => line.replace(/^(\w+) \/api\/2\.0\/mlflow\/([\w/-]+).*/, "$1 $2"));

describe("metrics/mlflow", () => {
  it("sends what the REST API of MLflow is published to take, byte for byte", async () => {
    await track();
    const model = "train[fold-0]".padEnd(64, "0");
    const predictions = "evaluate[fold-0]".padEnd(64, "0");
    const at = { timestamp: 1_700_000_000_000 };
    expect(server.requests.map(({ line, body }) => `${line} ${body}`)).toEqual([
      "GET /api/2.0/mlflow/experiments/get-by-name?experiment_name=cosas ",
      'POST /api/2.0/mlflow/experiments/create {"name":"cosas"}',
      `POST /api/2.0/mlflow/runs/search ${JSON.stringify({
        experiment_ids: ["0"],
        filter: `tags.\`eosin.model\` = '${model}' and tags.\`eosin.predictions\` = '${predictions}' and tags.\`eosin.metrics\` = 'dice, iou'`,
        run_view_type: "ACTIVE_ONLY",
        max_results: 100,
      })}`,
      `POST /api/2.0/mlflow/runs/create ${JSON.stringify({
        experiment_id: "0",
        run_name: "train[fold-0]",
        start_time: 1_700_000_000_000,
        tags: [
          { key: "eosin.model", value: model },
          { key: "eosin.predictions", value: predictions },
          { key: "eosin.metrics", value: "dice, iou" },
          { key: "eosin.document", value: "cosas" },
          { key: "eosin.profile", value: "demo" },
          { key: "eosin.step", value: "train[fold-0]" },
          { key: "eosin.line", value: "cosas.yaml:9" },
          { key: "eosin.seed", value: "7" },
          { key: "eosin.engine", value: "wasm 4" },
          { key: "eosin.plugins", value: "@eosin/plugins-model 0.1.0" },
          { key: "eosin.title", value: "U-Net, α 0.3" },
        ],
      })}`,
      `POST /api/2.0/mlflow/runs/log-batch ${JSON.stringify({
        run_id: "run-0",
        metrics: [],
        params: [
          { key: "epochs", value: "3" },
          { key: "loss.uses", value: "model/a|b" },
          { key: "loss.with._", value: "0.3" },
        ],
        tags: [],
      })}`,
      `POST /api/2.0/mlflow/runs/log-batch ${JSON.stringify({
        run_id: "run-0",
        metrics: [
          ...[1, 2, 3].flatMap((step) => [
            { key: "train/loss", value: 1 / step, ...at, step },
            { key: "validation/loss", value: 1.5 / step, ...at, step },
            { key: "validation/dice", value: 0.25 * step, ...at, step },
            { key: "learning rate", value: 0.001, ...at, step },
          ]),
          { key: "test/dice", value: (1 + 2 / 3) / 2, ...at, step: 3 },
          { key: "test/iou", value: 0.75, ...at, step: 3 },
        ],
        params: [],
        tags: [],
      })}`,
      'POST /api/2.0/mlflow/runs/update {"run_id":"run-0","status":"FINISHED","end_time":1700000000000}',
    ]);
    for (const { headers } of server.requests) expect(headers["content-type"]).toBe("application/json");
  });

  it("leaves a run that is there already", async () => {
    await track();
    server.requests.length = 0;
    await track();
    expect(paths()).toEqual(["GET experiments/get-by-name", "POST runs/search"]);
    expect(server.runs).toHaveLength(1);
  });

  it("marks as failed what it could not finish, and sends that again the next time", async () => {
    server.broken = "runs/log-batch";
    await expect(track()).rejects.toMatchObject({
      code: "MLFLOW_REFUSED",
      found: expect.stringContaining("disk is full"),
    });
    expect(server.runs.map(({ status }) => status)).toEqual(["FAILED"]);
    server.broken = "";
    await track();
    expect(paths()).toContain("POST runs/delete");
    expect(server.runs.map(({ status }) => status)).toEqual(["FINISHED"]);
  });

  it("sends credentials from the environment alone", async () => {
    vi.stubEnv("MLFLOW_TRACKING_USERNAME", "ann");
    vi.stubEnv("MLFLOW_TRACKING_PASSWORD", "secret");
    await track();
    expect(server.requests[0].headers.authorization).toBe(`Basic ${btoa("ann:secret")}`);
    vi.stubEnv("MLFLOW_TRACKING_TOKEN", "token");
    await track();
    expect(server.requests.at(-1)!.headers.authorization).toBe("Bearer token");
  });

  it("says in one error that the server is down, or goes on where that is asked for", async () => {
    const down = "http://127.0.0.1:9";
    await expect(track({ uri: down })).rejects.toMatchObject({ code: "MLFLOW_UNREACHABLE", place: down });
    const { value, warnings } = await track({ uri: down, whenDown: "warn" });
    expect(value).toEqual({ sent: false, models: [] });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain("does not answer");
  });
});
