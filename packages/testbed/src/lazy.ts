/**
 * Makes a value when it is first asked for, and gives the same one from then on.
 *
 * @example
 * const keeper = lazy(() => new Keeper());
 * keeper() === keeper(); // true
 */
export function lazy<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
