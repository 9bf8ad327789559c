/** Writes pickles of protocol 2, instruction by instruction. */
export class PickleWriter {
  readonly #bytes: number[] = [0x80, 2];

  raw(...bytes: readonly number[]): this {
    this.#bytes.push(...bytes);
    return this;
  }

  text(value: string): this {
    const utf8 = new TextEncoder().encode(value);
    return this.raw(0x58, ...littleEndian(utf8.length, 4), ...utf8);
  }

  integer(value: number): this {
    return this.raw(0x4a, ...littleEndian(value, 4));
  }

  /** `c`: module and name, a line each. */
  global(module: string, name: string): this {
    return this.raw(0x63, ...new TextEncoder().encode(`${module}\n${name}\n`));
  }

  tuple(write: (writer: this) => void): this {
    this.raw(0x28);
    write(this);
    return this.raw(0x74);
  }

  integers(values: readonly number[]): this {
    return this.tuple(() => {
      for (const value of values) this.integer(value);
    });
  }

  /** `{` key and value, key and value … `}` */
  dictionary(write: (writer: this) => void): this {
    this.raw(0x7d, 0x28);
    write(this);
    return this.raw(0x75);
  }

  tensor(tensor: PickledTensor, stream: boolean): this {
    const { storage, type = "FloatStorage", length, offset = 0, shape, strides } = tensor;
    this.global("torch._utils", "_rebuild_tensor_v2");
    return this.tuple(() => {
      this.tuple(() => {
        this.text("storage").global("torch", type).text(storage).text("cpu").integer(length);
        if (stream) this.raw(0x4e);
      }).raw(0x51);
      this.integer(offset).integers(shape).integers(strides);
      this.raw(0x89).global("collections", "OrderedDict").raw(0x29, 0x52);
    }).raw(0x52);
  }

  done(): Uint8Array {
    return Uint8Array.from([...this.#bytes, 0x2e]);
  }
}

export interface PickledTensor {
  readonly storage: string;
  readonly type?: string;
  /** Elements of the storage. */
  readonly length: number;
  readonly offset?: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

export function littleEndian(value: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.floor(value / 256 ** i) % 256);
}
