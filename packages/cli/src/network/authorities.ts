import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { reasonOf, TraeError } from '@trae-cli/protocol';

/** A file of certificates and what named it. */
export type CertificateFile = { readonly path: string; readonly origin: string };

const pem = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----[^-]+-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g;

function isCertificate(text: string): boolean {
  try {
    return new X509Certificate(text).raw.length > 0;
  } catch {
    return false;
  }
}

const certificatesIn = (bytes: Buffer): readonly string[] =>
  (bytes.toString('latin1').match(pem) ?? []).filter(isCertificate);

function adviceFor(bytes: Buffer, path: string): string {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(bytes.toString('latin1')))
    return 'It holds a private key: name the file with the certificate of the authority instead, and keep the key to yourself.';
  const isBinary = bytes[0] === 0x30;
  const convert = `It seems to be DER; make PEM of it with: openssl x509 -inform der -in ${path} -out authority.pem`;
  return isBinary ? convert : 'Name a PEM file: text with -----BEGIN CERTIFICATE----- in it.';
}

async function bytesOf({ path, origin }: CertificateFile): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new TraeError(
      'config_invalid',
      `The certificates ${path}, named by ${origin}, cannot be read: ${reasonOf(error)}.`,
      {
        hint: 'Name a file that is there and may be read, or take the setting out.',
        cause: error,
      },
    );
  }
}

/** The certificates of a file, as PEM and nothing else. Throws where it holds none. */
export async function readAuthorities(file: CertificateFile): Promise<string> {
  const bytes = await bytesOf(file);
  const certificates = certificatesIn(bytes);
  if (certificates.length > 0) return certificates.join('\n');
  throw new TraeError('config_invalid', `The file ${file.path}, named by ${file.origin}, holds no certificate.`, {
    hint: adviceFor(bytes, file.path),
  });
}

/** The same of a file that others complain about: nothing where it cannot be used. */
export async function readKnownAuthorities(path: string): Promise<string> {
  try {
    return certificatesIn(await readFile(path)).join('\n');
  } catch {
    return '';
  }
}
