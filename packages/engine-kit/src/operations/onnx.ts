/** A node of an ONNX graph (opset 17). Values are known by name. */
export interface OnnxNode {
  /** e.g. `Sigmoid` */
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: { readonly [name: string]: number | string | readonly number[] };
}

/**
 * What a kernel's call is in ONNX, with the layout of the kernel (NHWC). Read by an exporter that walks the kernel calls of
 * a forward pass; until there is one, no operation has it.
 * @param names Of the call's inputs, by the kernel's names for them, and of its outputs.
 * @param fresh A name for a value in between.
 */
export type OnnxNodes<Inputs, Attrs> = (
  names: { readonly inputs: { readonly [Name in keyof Inputs]: string }; readonly outputs: readonly string[] },
  attrs: Attrs,
  fresh: () => string,
) => readonly OnnxNode[];
