/**
 * The version of an engine, which results depend on: of our kernels and of the library's.
 * @param own Version of the package that brings the engine.
 */
export function engineVersion(own: string, library: string, libraryVersion: string): string {
  return `${own}+${library}-${libraryVersion}`;
}
