import { compareVersions, latest } from './versions.mjs';

/** The entries a person who runs `installed` has not seen yet, oldest first. */
export function unseenNotes(notes, installed) {
  return notes
    .filter((note) => compareVersions(note.version, installed) > 0)
    .sort((a, b) => compareVersions(a.version, b.version));
}

/** One line for the top of the page. */
export function headline(notes, installed) {
  const unseen = unseenNotes(notes, installed);
  if (unseen.length === 0) return `${installed} is up to date.`;
  return `${unseen.length} new since ${installed}; the newest is ${latest(unseen.map((note) => note.version))}.`;
}
