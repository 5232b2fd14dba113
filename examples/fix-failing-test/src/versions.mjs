/** Splits `v1.10.0-beta.2` into its numbers and its pre-release tag. */
export function parseVersion(text) {
  const [core, tag = ''] = text.replace(/^v/, '').split('-');
  const [major, minor, patch] = core.split('.');
  return { major, minor, patch, tag };
}

/** Negative when `a` is older than `b`, positive when it is newer, 0 when they are the same release. */
export function compareVersions(a, b) {
  const left = parseVersion(a);
  const right = parseVersion(b);
  for (const part of ['major', 'minor', 'patch']) {
    if (left[part] !== right[part]) return left[part] < right[part] ? -1 : 1;
  }
  return comparePreRelease(left.tag, right.tag);
}

/** A release is newer than its own pre-releases. */
function comparePreRelease(left, right) {
  if (left === right) return 0;
  if (left === '') return 1;
  if (right === '') return -1;
  return left < right ? -1 : 1;
}

/** The newest of a list of versions. */
export function latest(versions) {
  return [...versions].sort(compareVersions).at(-1);
}
