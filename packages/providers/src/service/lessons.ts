import type { Compatibility, JsonValue } from '@trae-cli/protocol';
import { isAdaptation } from './adaptation.js';
import type { Repair } from './repair.js';

/** What the person has written down of a service, as the repairs that it stands for. */
export function repairsFrom({ omit = [], rename = {}, set = {}, adapt = [] }: Compatibility): readonly Repair[] {
  return [
    ...omit.map((name) => ({ type: 'leave_out', name }) as const),
    ...Object.entries(rename).map(([name, to]) => ({ type: 'rename', name, to }) as const),
    ...Object.entries(set).map(([name, value]) => ({ type: 'set', name, value }) as const),
    ...adapt.filter(isAdaptation).map((to) => ({ type: 'adapt', to }) as const),
  ];
}

/** The lasting part of what repairs have taught, as it can be written down. */
export function compatibilityFrom(repairs: readonly Repair[]): Compatibility {
  const omit = repairs.flatMap((repair) => (repair.type === 'leave_out' ? [repair.name] : []));
  const adapt = repairs.flatMap((repair) => (repair.type === 'adapt' ? [repair.to] : []));
  const rename = Object.fromEntries(
    repairs.flatMap((repair) => (repair.type === 'rename' ? [[repair.name, repair.to] as const] : [])),
  );
  const set = Object.fromEntries(
    repairs.flatMap((repair): readonly (readonly [string, JsonValue])[] => {
      if (repair.type === 'set') return [[repair.name, repair.value]];
      return repair.type === 'lower' && repair.lasts ? [[repair.name, repair.most]] : [];
    }),
  );
  return {
    ...(omit.length === 0 ? {} : { omit }),
    ...(Object.keys(rename).length === 0 ? {} : { rename }),
    ...(Object.keys(set).length === 0 ? {} : { set }),
    ...(adapt.length === 0 ? {} : { adapt }),
  };
}
