import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import forge from 'node-forge';

/** A key and its certificate, as PEM. */
export interface Identity {
  key: string;
  cert: string;
}

/** What a certificate says. */
interface Claims {
  /** The IP addresses that it is for. */
  addresses?: string[];
  /** Its last day; one in the past makes it expired. */
  notAfter?: Date;
}

const day = 24 * 60 * 60 * 1000;

/** Makes a certificate; without an issuer it signs itself. */
function certify(name: string, { addresses = [], notAfter }: Claims, issuer?: Identity): Identity {
  const key = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(key.publicKey);
  certificate.serialNumber = '01';
  certificate.validity.notBefore = new Date(Date.now() - 30 * day);
  certificate.validity.notAfter = notAfter ?? new Date(Date.now() + day);
  const subject = [{ name: 'commonName', value: name }];
  certificate.setSubject(subject);
  certificate.setIssuer(issuer ? forge.pki.certificateFromPem(issuer.cert).subject.attributes : subject);
  const ipAddress = 7;
  certificate.setExtensions([
    { name: 'basicConstraints', cA: addresses.length === 0 },
    { name: 'subjectAltName', altNames: addresses.map((ip) => ({ type: ipAddress, ip })) },
  ]);
  const signingPem = issuer?.key ?? key.privateKey;
  const signingKey = forge.pki.privateKeyFromPem(signingPem);
  // In JavaScript a signature takes seconds.
  signingKey.sign = () => {
    const signed = forge.asn1.toDer(certificate.tbsCertificate).getBytes();
    return sign('sha256', Buffer.from(signed, 'latin1'), signingPem).toString('latin1');
  };
  certificate.sign(signingKey, forge.md.sha256.create());
  return { key: key.privateKey, cert: forge.pki.certificateToPem(certificate) };
}

/** An authority that signs certificates of servers. */
export interface Authority {
  cert: string;
  certify: (claims: Claims) => Identity;
}

/** Makes an authority that nobody trusts yet. */
export function createAuthority(): Authority {
  const own = certify(`Authority ${randomUUID()}`, {});
  return { cert: own.cert, certify: (claims) => certify('Server of the tests', claims, own) };
}

/** Makes a certificate of a server that no authority has signed. */
export function certifyItself(claims: Claims): Identity {
  return certify('Server of the tests', claims);
}
