/** Whether a text is where a proxy may be: an address of HTTP or HTTPS that has a host and no path. */
export function isProxyAddress(text: string): boolean {
  const address = text.trim();
  if (!/^https?:\/\/[^/]/i.test(address) || !URL.canParse(address)) return false;
  const { hash, pathname, search } = new URL(address);
  return pathname === '/' && search === '' && hash === '';
}
