/** An address without what may be a key in it. */
export function shownAddress(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return address?.replace(/[?#].*$/s, '');
  const url = new URL(address);
  const isBare = url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  return isBare ? address : `${url.origin}${url.pathname}`;
}
