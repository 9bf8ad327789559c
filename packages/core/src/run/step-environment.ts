/**
 * Variables that the processes of steps start with, unless the user set them: with them glibc keeps what large
 * buffers leave free. By itself it returns their pages to the system at once, and every further picture pays for fresh ones, which
 * costs more than most of what is done to it, most of all where two threads wait for the system's one lock.
 */
export const stepEnvironment: Readonly<Record<string, string>> = {
  /** The largest that glibc takes. */
  MALLOC_MMAP_THRESHOLD_: String(32 * 2 ** 20),
  MALLOC_TRIM_THRESHOLD_: String(2 ** 30),
};
