import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import forge from 'node-forge';

/** A private key and its certificate, both as PEM. */
export interface Identity {
  key: string;
  cert: string;
}

const day = 24 * 60 * 60 * 1000;

/**
 * Creates a key and a certificate for these IP addresses; without any, it is an authority's. It expires tomorrow unless
 * `notAfter` says otherwise. The issuer signs it. If there is none, it signs itself, and no client trusts it.
 */
export function certify(
  { addresses = [], notAfter = new Date(Date.now() + day) }: { addresses?: string[]; notAfter?: Date },
  issuer?: Identity,
): Identity {
  const key = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(key.publicKey);
  certificate.serialNumber = '01';
  certificate.validity.notBefore = new Date(Date.now() - 30 * day);
  certificate.validity.notAfter = notAfter;
  const subject = [{ name: 'commonName', value: randomUUID() }];
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
