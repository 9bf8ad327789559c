import { defineSplit } from "@eosin/plugin-api/imaging";
import { leaveOneDomainOutOptions } from "./options.js";

export const leaveOneDomainOut = defineSplit({
  type: "data/leave-one-domain-out",
  summary: "One fold a domain: tested on it, trained on all others.",
  options: leaveOneDomainOutOptions,
  create: async ({ options }) => (await import("./leave-one-domain-out.js")).createLeaveOneDomainOut(options),
});
