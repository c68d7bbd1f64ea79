// The door of the network: calls out through one guard, and our own certificate.
export { type AddressRefusal, isPrivateAddress } from "./address-policy.ts";
export { type CallFailure, isRetryableStatus, retryAfterMs } from "./external-error.ts";
export {
  createGuardedFetch,
  type GuardedFetch,
  type GuardedFetchSettings,
  type GuardedRequest,
  type GuardedResponse,
} from "./guarded-fetch.ts";
export { isPubliclyTrusted } from "./public-trust.ts";
export { type CertificatePair, makeSelfSigned, warningText } from "./self-signed.ts";
export { type CertificateSettings, openCertificate, type ServerCertificate } from "./tls.ts";
