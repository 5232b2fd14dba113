const sameInputs = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((input, index) => input === other[index]);

/** The same function, which works only when its input differs from the last one, item by item. */
export function remembered<Inputs extends readonly unknown[], Result>(
  work: (...inputs: Inputs) => Result,
): (...inputs: Inputs) => Result {
  let last: { readonly inputs: Inputs; readonly result: Result } | undefined;
  return (...inputs) => {
    if (last === undefined || !sameInputs(last.inputs, inputs)) last = { inputs, result: work(...inputs) };
    return last.result;
  };
}
