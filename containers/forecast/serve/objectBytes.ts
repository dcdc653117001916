import { types } from "node:util";

/** What V8 takes on a machine of 64 bits, in bytes. */
const COST = {
  object: 24,
  slot: 8,
  array: 48,
  boxedNumber: 16,
  string: 24,
  /** View, buffer, and what the allocator and the collector keep of it. */
  typedArray: 304,
  mapEntry: 48,
  function: 64,
} as const;

/** Largest integer that a slot holds without a box. */
const LARGEST_SMI = 2 ** 31;

/**
 * Estimates what some values keep in memory, everything that they refer to included, and each object once. What a
 * function has closed over cannot be seen.
 */
export function objectBytes(...roots: readonly unknown[]): number {
  const seen = new Set<object>();
  const waiting: unknown[] = [...roots];
  let bytes = 0;
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === "string") bytes += stringBytes(value);
    else if (typeof value === "number") bytes += numberBytes(value);
    else if (typeof value === "function") bytes += COST.function;
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    bytes += ownBytes(value, waiting);
  }
  return bytes;
}

function ownBytes(value: object, waiting: unknown[]): number {
  if (ArrayBuffer.isView(value)) {
    if (value.byteLength <= value.buffer.byteLength / 2) return COST.typedArray + value.byteLength;
    return COST.typedArray + value.buffer.byteLength;
  }
  if (types.isAnyArrayBuffer(value)) return COST.typedArray + value.byteLength;
  if (Array.isArray(value)) {
    // An array of nothing but numbers has them unboxed.
    if (!value.every((item) => typeof item === "number")) for (const item of value) waiting.push(item);
    return COST.array + value.length * COST.slot;
  }
  if (value instanceof Map || value instanceof Set) {
    for (const entry of value) waiting.push(entry);
    return COST.array + value.size * COST.mapEntry;
  }
  const items = Object.values(value);
  for (const item of items) waiting.push(item);
  return COST.object + Math.max(4, items.length) * COST.slot;
}

function numberBytes(value: number): number {
  return Number.isInteger(value) && Math.abs(value) < LARGEST_SMI ? 0 : COST.boxedNumber;
}

function stringBytes(text: string): number {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 255) return COST.string + 2 * text.length;
  return COST.string + text.length;
}
