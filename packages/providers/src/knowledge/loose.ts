/** What an entry says beyond the fields that every service has: of another type, it counts as not said. */
export function memberOf(holder: object, name: string): object | undefined {
  const value: unknown = Reflect.get(holder, name);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

/** A number that is no less than nothing. */
export function numberOf(holder: object | undefined, name: string): number | undefined {
  const value: unknown = holder === undefined ? undefined : Reflect.get(holder, name);
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

export function tokensOf(holder: object | undefined, name: string): number | undefined {
  const value = numberOf(holder, name);
  return value !== undefined && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

export function flagOf(holder: object | undefined, name: string): boolean | undefined {
  const value: unknown = holder === undefined ? undefined : Reflect.get(holder, name);
  return typeof value === 'boolean' ? value : undefined;
}
