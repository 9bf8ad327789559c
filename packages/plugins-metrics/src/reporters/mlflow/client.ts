import { EosinError } from "@eosin/plugin-api";
import { networkReason } from "@eosin/support/network-reason";

/** https://mlflow.org/docs/latest/rest-api.html, version 2.0: what is used of it. */
export interface MlflowClient {
  /** By its name; made where there is none. @returns Its id. */
  experiment(name: string): Promise<string>;
  /** Runs of an experiment that have all the tags. */
  search(experimentId: string, tags: Tags): Promise<readonly { readonly id: string; readonly status: string }[]>;
  create(run: { experimentId: string; name: string; startTime: number; tags: Tags }): Promise<string>;
  log(runId: string, batch: { metrics?: readonly Metric[]; params?: readonly Entry[] }): Promise<void>;
  finish(runId: string, status: "FINISHED" | "FAILED", endTime: number): Promise<void>;
  delete(runId: string): Promise<void>;
}

export type Tags = { readonly [key: string]: string };

export interface Entry {
  readonly key: string;
  readonly value: string;
}

export interface Metric {
  readonly key: string;
  readonly value: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly step: number;
}

const timeoutMs = 30_000;

/**
 * @param uri Of the server. Credentials come from MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and
 * MLFLOW_TRACKING_PASSWORD, as for MLflow's own client: no document and no record holds them.
 * @throws EosinError (each method) `MLFLOW_UNREACHABLE`, `MLFLOW_REFUSED`
 */
export function mlflowClient(uri: string, env: NodeJS.ProcessEnv, signal: AbortSignal): MlflowClient {
  const headers = { "content-type": "application/json", ...authorization(env) };
  const call = async <Answer>(method: "GET" | "POST", path: string, content: object): Promise<Answer> => {
    const base = `${uri.replace(/\/+$/, "")}/api/2.0/mlflow/${path}`;
    const url = method === "GET" ? `${base}?${new URLSearchParams(Object.entries(content))}` : base;
    const body = method === "GET" ? undefined : JSON.stringify(content);
    let response: Response;
    try {
      const either = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      response = await fetch(url, { method, headers, body, signal: either });
    } catch (cause) {
      signal.throwIfAborted();
      throw unreachable(uri, cause);
    }
    const text = await response.text();
    if (!response.ok) throw refused(url, response.status, text);
    return JSON.parse(text) as Answer;
  };

  return {
    async experiment(name) {
      try {
        const found = { experiment_name: name };
        type Answer = { experiment: { experiment_id: string } };
        return (await call<Answer>("GET", "experiments/get-by-name", found)).experiment.experiment_id;
      } catch (error) {
        if ((error as Refusal).reason !== "RESOURCE_DOES_NOT_EXIST") throw error;
        return (await call<{ experiment_id: string }>("POST", "experiments/create", { name })).experiment_id;
      }
    },
    async search(experimentId, tags) {
      const filter = Object.entries(tags)
        .map(([key, value]) => `tags.\`${key}\` = '${value.replaceAll("'", "\\'")}'`)
        .join(" and ");
      type Answer = { runs?: { info: { run_id: string; status: string } }[] };
      const content = { experiment_ids: [experimentId], filter, run_view_type: "ACTIVE_ONLY", max_results: 100 };
      const { runs = [] } = await call<Answer>("POST", "runs/search", content);
      return runs.map(({ info }) => ({ id: info.run_id, status: info.status }));
    },
    async create({ experimentId, name, startTime, tags }) {
      type Answer = { run: { info: { run_id: string } } };
      const content = { experiment_id: experimentId, run_name: name, start_time: startTime, tags: entries(tags) };
      return (await call<Answer>("POST", "runs/create", content)).run.info.run_id;
    },
    async log(runId, { metrics = [], params = [] }) {
      await call("POST", "runs/log-batch", { run_id: runId, metrics, params, tags: [] });
    },
    async finish(runId, status, endTime) {
      await call("POST", "runs/update", { run_id: runId, status, end_time: endTime });
    },
    async delete(runId) {
      await call("POST", "runs/delete", { run_id: runId });
    },
  };
}

function entries(tags: Tags): readonly Entry[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}

function authorization(env: NodeJS.ProcessEnv): { authorization?: string } {
  const { MLFLOW_TRACKING_TOKEN: token, MLFLOW_TRACKING_USERNAME: user, MLFLOW_TRACKING_PASSWORD: password } = env;
  if (token) return { authorization: `Bearer ${token}` };
  if (user) return { authorization: `Basic ${Buffer.from(`${user}:${password ?? ""}`).toString("base64")}` };
  return {};
}

function unreachable(uri: string, cause: unknown): EosinError {
  return new EosinError({
    code: "MLFLOW_UNREACHABLE",
    message: "The MLflow server does not answer.",
    place: uri,
    found: networkReason(cause),
    next: "Start it (mlflow server) or correct `uri`, and run again: all else is kept. `whenDown: warn` goes on without it.",
    cause,
  });
}

/** The server's own word for why, so that a caller can tell what it may expect. */
interface Refusal extends EosinError {
  readonly reason?: string;
}

function refused(url: string, status: number, text: string): Refusal {
  const { error_code: reason, message } = parseRefusal(text);
  const error = new EosinError({
    code: "MLFLOW_REFUSED",
    message: "The MLflow server refused a request.",
    place: url,
    found: `${status} ${reason ?? ""} ${message ?? text.slice(0, 200)}`,
    next: "Check `uri` and the credentials in MLFLOW_TRACKING_TOKEN or MLFLOW_TRACKING_USERNAME.",
  });
  return Object.assign(error, { reason });
}

function parseRefusal(text: string): { readonly error_code?: string; readonly message?: string } {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
