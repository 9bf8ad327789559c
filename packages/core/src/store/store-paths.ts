import { join } from "node:path";

/** Where things are in the store. */
export class StorePaths {
  constructor(readonly folder: string) {}

  get artifacts(): string {
    return join(this.folder, "artifacts");
  }

  get blobs(): string {
    return join(this.folder, "blobs");
  }

  get scratches(): string {
    return join(this.folder, "scratch");
  }

  get stagings(): string {
    return join(this.folder, "staging");
  }

  get locks(): string {
    return join(this.folder, "locks");
  }

  /** Files that were found not to be as they were written. */
  get damaged(): string {
    return join(this.folder, "damaged");
  }

  get hashes(): string {
    return join(this.folder, "hashes.jsonl");
  }

  get caches(): string {
    return join(this.folder, "cache");
  }

  /** @param component Its type. */
  cache(component: string): string {
    return join(this.caches, component.replaceAll("/", "-"));
  }

  manifest(fingerprint: string): string {
    return join(this.artifacts, fingerprint.slice(0, 2), `${fingerprint}.json`);
  }

  blob(sha256: string): string {
    return join(this.blobs, sha256.slice(0, 2), sha256);
  }

  scratch(fingerprint: string): string {
    return join(this.scratches, fingerprint);
  }

  staging(fingerprint: string): string {
    return join(this.stagings, fingerprint);
  }

  lock(fingerprint: string): string {
    return join(this.locks, `${fingerprint}.lock`);
  }
}
