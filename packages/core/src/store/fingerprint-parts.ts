import type { JsonObject, JsonValue } from "@eosin/plugin-api";

/** What a fingerprint was made of, part by part, so that `explain` can say which one changed. */
export interface FingerprintParts {
  /** Major version of the plugin contract: what artifacts mean may change with it. */
  readonly contract: string;
  readonly planVersion: number;
  readonly component: string;
  /** Plugin hashes: of the step's own plugin and of those whose components its options name. */
  readonly plugins: { readonly [plugin: string]: string };
  /** Resolved options, with paths replaced by content hashes and references by the fingerprints of what they name. */
  readonly options: JsonValue;
  readonly seed: number;
  /** Only for components that use an engine. */
  readonly engine?: JsonObject;
  /** Only where the instance goes on without some of its inputs. */
  readonly missing?: JsonValue;
  /** Only for reporters, which print it: the document's name and description, the profile, the params and lines. */
  readonly run?: JsonObject;
}
