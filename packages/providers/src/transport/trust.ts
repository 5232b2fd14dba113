import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';

/** The authorities that Node brings and those of the person; made once, because it reads some 150 certificates. */
export const contextTrusting = (authorities: string): SecureContext =>
  createSecureContext({ ca: [...rootCertificates, authorities] });
