import { corrupt, refused } from "./pickle-error.js";

/** What a pickle may hold here. Dictionaries become maps, lists and tuples arrays. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | PickleGlobal
  | PickleObject;

/** A name that the pickle imports. */
export interface PickleGlobal {
  readonly global: string;
  /** Makes an object of the arguments, where it may be called. */
  readonly call?: (args: readonly PickleValue[]) => PickleValue;
}

/** Something that a global or a persistent id made. */
export interface PickleObject {
  readonly object: unknown;
}

export interface PicklePolicy {
  /** @returns The global, or undefined to refuse it. */
  global(name: string): PickleGlobal | undefined;
  persistent(id: PickleValue): PickleValue;
}

const MARK = Symbol("mark");

/** A checkpoint of a large network with its optimizer's state has a tenth of them; what they make takes memory. */
const MOST_INSTRUCTIONS = 2_000_000;

/**
 * Runs one pickle (protocols 2 to 4) over plain data: no instruction that builds or calls anything but the policy's
 * globals exists here.
 * @returns Its value, and where it ended.
 * @throws EosinError `PICKLE_REFUSED`, naming the instruction or global; `WEIGHTS_CORRUPT` where the stream ends early.
 */
export function readPickle(
  bytes: Uint8Array,
  policy: PicklePolicy,
  begin = 0,
): { readonly value: PickleValue; readonly end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stack: (PickleValue | typeof MARK)[] = [];
  const memo = new Map<number, PickleValue>();
  let position = begin;

  const take = (count: number): number => {
    const start = position;
    if (count < 0 || start + count > bytes.length) throw corrupt("the pickle ends early");
    position += count;
    return start;
  };
  const byte = () => bytes[take(1)];
  const uint32 = () => view.getUint32(take(4), true);
  const text = (length: number) => {
    const start = take(length);
    return new TextDecoder().decode(bytes.subarray(start, start + length));
  };
  const line = () => {
    const end = bytes.indexOf(0x0a, position);
    if (end < 0) throw corrupt("the pickle ends early");
    const value = text(end - position);
    position++;
    return value;
  };
  const top = (): PickleValue => {
    const value = stack.at(-1);
    if (value === undefined || value === MARK) throw corrupt("the pickle's stack is empty");
    return value;
  };
  const pop = (): PickleValue => {
    const value = top();
    stack.pop();
    return value;
  };
  const popToMark = (): PickleValue[] => {
    const mark = stack.lastIndexOf(MARK);
    if (mark < 0) throw corrupt("the pickle lacks a mark");
    return (stack.splice(mark) as [typeof MARK, ...PickleValue[]]).slice(1) as PickleValue[];
  };
  const recall = (index: number) => {
    const value = memo.get(index);
    if (value === undefined) throw corrupt(`the pickle recalls ${index}, which it never kept`);
    stack.push(value);
  };
  const importGlobal = (name: string) => {
    const global = policy.global(name);
    if (!global) throw refused(`the global ${name}`);
    stack.push(global);
  };
  const setItems = (items: readonly PickleValue[]) => {
    const map = top();
    if (!(map instanceof Map) || items.length % 2 !== 0) throw corrupt("the pickle sets items of no dictionary");
    for (let i = 0; i < items.length; i += 2) map.set(items[i], items[i + 1]);
  };
  const append = (items: readonly PickleValue[]) => {
    const list = top();
    if (!Array.isArray(list)) throw corrupt("the pickle appends to no list");
    // Not spread into the call: a long list would be more arguments than there may be.
    for (const item of items) list.push(item);
  };

  for (let count = 0; ; count++) {
    if (count === MOST_INSTRUCTIONS) throw refused(`more than ${MOST_INSTRUCTIONS.toLocaleString("en")} instructions`);
    const instruction = byte();
    switch (instruction) {
      case 0x80: {
        const protocol = byte();
        if (protocol < 2 || protocol > 4) throw refused(`pickle protocol ${protocol}`);
        break;
      }
      case 0x95: // FRAME: a length that only speeds reading up
        take(8);
        break;
      case 0x2e: // STOP
        return { value: pop(), end: position };
      case 0x28: // MARK
        stack.push(MARK);
        break;
      case 0x4e: // NONE
        stack.push(null);
        break;
      case 0x88: // NEWTRUE
        stack.push(true);
        break;
      case 0x89: // NEWFALSE
        stack.push(false);
        break;
      case 0x4b: // BININT1
        stack.push(byte());
        break;
      case 0x4d: // BININT2
        stack.push(view.getUint16(take(2), true));
        break;
      case 0x4a: // BININT
        stack.push(view.getInt32(take(4), true));
        break;
      case 0x8a: // LONG1
        stack.push(longInteger(bytes, take, byte()));
        break;
      case 0x47: // BINFLOAT
        stack.push(view.getFloat64(take(8), false));
        break;
      case 0x58: // BINUNICODE
        stack.push(text(uint32()));
        break;
      case 0x8c: // SHORT_BINUNICODE
        stack.push(text(byte()));
        break;
      case 0x7d: // EMPTY_DICT
        stack.push(new Map());
        break;
      case 0x5d: // EMPTY_LIST
      case 0x29: // EMPTY_TUPLE
        stack.push([]);
        break;
      case 0x74: // TUPLE
        stack.push(popToMark());
        break;
      case 0x85: // TUPLE1, TUPLE2, TUPLE3
      case 0x86:
      case 0x87: {
        const items = Array.from({ length: instruction - 0x84 }, pop);
        stack.push(items.reverse());
        break;
      }
      case 0x73: {
        // SETITEM
        const item = pop();
        setItems([pop(), item]);
        break;
      }
      case 0x75: // SETITEMS
        setItems(popToMark());
        break;
      case 0x61: // APPEND
        append([pop()]);
        break;
      case 0x65: // APPENDS
        append(popToMark());
        break;
      case 0x71: // BINPUT
        memo.set(byte(), top());
        break;
      case 0x72: // LONG_BINPUT
        memo.set(uint32(), top());
        break;
      case 0x94: // MEMOIZE
        memo.set(memo.size, top());
        break;
      case 0x68: // BINGET
        recall(byte());
        break;
      case 0x6a: // LONG_BINGET
        recall(uint32());
        break;
      case 0x63: // GLOBAL
        importGlobal(`${line()}.${line()}`);
        break;
      case 0x93: {
        // STACK_GLOBAL
        const name = pop();
        const module = pop();
        // Never `String` of a list: it may hold itself a million times over.
        if (typeof name !== "string" || typeof module !== "string") throw corrupt("a global whose name is not text");
        importGlobal(`${module}.${name}`);
        break;
      }
      case 0x51: // BINPERSID
        stack.push(policy.persistent(pop()));
        break;
      case 0x52: {
        // REDUCE
        const args = pop();
        const callee = pop();
        if (!isGlobal(callee) || !callee.call || !Array.isArray(args)) {
          throw refused(`a call of ${isGlobal(callee) ? callee.global : "something that is not a function"}`);
        }
        stack.push(callee.call(args));
        break;
      }
      case 0x62: {
        // BUILD: attributes of a state dict (its version numbers) are not needed
        pop();
        if (!(top() instanceof Map)) throw refused("the instruction BUILD on something other than a dictionary");
        break;
      }
      default:
        throw refused(`the pickle instruction 0x${instruction.toString(16).padStart(2, "0")}`);
    }
  }
}

function isGlobal(value: PickleValue): value is PickleGlobal {
  return typeof value === "object" && value !== null && "global" in value;
}

/** Two's complement, little-endian, of any length. A number where it is one exactly. */
function longInteger(bytes: Uint8Array, take: (count: number) => number, length: number): number | bigint {
  const start = take(length);
  let value = 0n;
  for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[start + i]);
  if (length > 0 && bytes[start + length - 1] & 0x80) value -= 1n << BigInt(8 * length);
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
