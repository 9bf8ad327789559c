import type { ContractSource } from "../test/surface/contract.js";

export function builtContract(root: string): ContractSource;
