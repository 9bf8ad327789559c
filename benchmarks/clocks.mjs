/**
 * Milliseconds from some moment on. `wall`: of the world. `cpu`: that this process's threads computed, collection of
 * garbage and compiling included; for work on one thread on a machine that others use.
 */
export const clocks = {
  wall: () => performance.now(),
  cpu() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};
