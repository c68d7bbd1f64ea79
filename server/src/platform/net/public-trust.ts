/**
 * Whether every browser trusts a certificate by itself. Only then may HSTS be sent: with a certificate of our
 * own making it would lock people out of the page for a year.
 */
import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";

const longestChain = 6;

/**
 * True when the chain in `pem` (leaf first) is valid now, is for this host and ends at a public root.
 * `roots` replaces the list that Node brings (Mozilla's), for tests.
 */
export function isPubliclyTrusted(
  pem: string,
  host: string,
  now: Date,
  roots: readonly string[] = rootCertificates,
): boolean {
  const [leaf, ...others] = certificatesIn(pem);
  if (leaf?.checkHost(host, { subject: "never" }) === undefined) return false;
  let current = leaf;
  for (let depth = 0; depth < longestChain; depth += 1) {
    if (now < current.validFromDate || now > current.validToDate) return false;
    if (roots.some((root) => isIssuedBy(current, new X509Certificate(root)))) return true;
    const issuer = others.find((other) => other !== current && other.ca && isIssuedBy(current, other));
    if (issuer === undefined) return false;
    current = issuer;
  }
  return false;
}

/** All certificates of a PEM text, in order; those that cannot be read are left out. */
export function certificatesIn(pem: string): X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  return blocks.flatMap((block) => {
    try {
      return [new X509Certificate(block)];
    } catch {
      return [];
    }
  });
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}
