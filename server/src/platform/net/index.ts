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
