import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import forge from 'node-forge';

/** A private key and its certificate, both as PEM. */
export interface Identity {
  key: string;
  cert: string;
}

/** The contents of a certificate that a test can choose. */
interface Claims {
  /** The IP addresses for which it is valid. A certificate without any is made as an authority's. */
  addresses?: string[];
  /** The time at which it expires: by default tomorrow. */
  notAfter?: Date;
}

const day = 24 * 60 * 60 * 1000;

/** Creates a key and a certificate that the issuer signs. If there is no issuer, the certificate is self-signed. */
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
  // Forge signs in JavaScript, which takes seconds, so Node's own crypto signs instead.
  signingKey.sign = () => {
    const signed = forge.asn1.toDer(certificate.tbsCertificate).getBytes();
    return sign('sha256', Buffer.from(signed, 'latin1'), signingPem).toString('latin1');
  };
  certificate.sign(signingKey, forge.md.sha256.create());
  return { key: key.privateKey, cert: forge.pki.certificateToPem(certificate) };
}

/** A certificate authority that signs certificates of servers. */
export interface Authority {
  cert: string;
  certify: (claims: Claims) => Identity;
}

/** Creates a certificate authority. Nothing trusts it until a test adds its `cert` to the trusted ones. */
export function createAuthority(): Authority {
  const own = certify(`Authority ${randomUUID()}`, {});
  return { cert: own.cert, certify: (claims) => certify('Server of the tests', claims, own) };
}

/** Creates a self-signed certificate of a server. No client trusts it, because no authority signed it. */
export function certifyItself(claims: Claims): Identity {
  return certify('Server of the tests', claims);
}
