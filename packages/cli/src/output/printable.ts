// oxlint-disable-next-line no-control-regex -- these are the characters a terminal would obey
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Text that a terminal shows and does not obey: control characters other than tab and newline are dropped. */
export const printable = (text: string): string => text.replaceAll('\r\n', '\n').replaceAll(controls, '');
