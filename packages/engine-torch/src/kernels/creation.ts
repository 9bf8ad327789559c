import { elementTypeOf } from "../backend.js";
import type { Kernels } from "./kernel.js";

export const creationKernels: Kernels = {
  Fill: ({ torch, backend }, _, { shape, value, dtype }) => {
    const type = dtype ?? "float32";
    return backend.output(torch.call("full", shape, value, elementTypeOf(type), null, torch.device), type, shape);
  },
  Range: ({ torch, backend }, _, { start, stop, step, dtype }) => {
    const type = dtype ?? "float32";
    const count = Math.max(0, Math.ceil((stop - start) / step));
    const places = torch.call("arange", count, "float64", null, torch.device);
    const values = torch.call("add.Scalar", torch.call("mul.Scalar", places, step), start);
    return backend.output(torch.to(values, elementTypeOf(type)), type, [count]);
  },
  LinSpace: ({ torch, backend }, _, { start, stop, num }) =>
    backend.output(torch.call("linspace", start, stop, num, "float32", null, torch.device), "float32", [num]),
};
