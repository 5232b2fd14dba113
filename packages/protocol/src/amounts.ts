import type { Usage } from './model.js';

/** A whole number with its thousands apart: `1,234,567`. `Intl` would do, and take 10 ms to load. */
export const formatCount = (count: number): string => String(Math.round(count)).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');

/** US dollars; `~` is reckoned from the price of the model rather than told by the service. */
export function formatCost({
  costUsd,
  isCostReckoned,
}: Pick<Usage, 'isCostReckoned'> & { readonly costUsd: number }): string {
  if (costUsd === 0) return 'free';
  return `${isCostReckoned === true ? '~' : ''}$${costUsd.toFixed(4)}`;
}

const byteUnits = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** A size as a person says it, in powers of a thousand: `512 bytes`, `3.4 GB`. */
export function formatBytes(bytes: number): string {
  const step = Math.min(byteUnits.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const amount = bytes / 1000 ** step;
  return `${amount < 10 && step > 0 ? amount.toFixed(1) : Math.round(amount)} ${byteUnits[step]}`;
}

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A length of time as people and services write it, `90s`, `1h30m`, `2m59.56s`; undefined for anything else. */
export function durationMs(text: string): number | undefined {
  const trimmed = text.trim();
  const pieces = [...trimmed.matchAll(/(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)\s*/g)];
  if (trimmed === '' || pieces.map(([piece]) => piece).join('') !== trimmed) return undefined;
  return pieces.reduce((sum, [, amount, unit]) => sum + Number(amount) * (unitsMs[unit ?? ''] ?? 0), 0);
}

/** A length of time as a person says it: `12 ms`, `3.4 s`, `48 s`, `2 min 5 s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 59.5) return `${seconds.toFixed(0)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
