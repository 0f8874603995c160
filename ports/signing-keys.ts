/** A public key as JSON Web Key (RFC 7517), unchecked. */
export type PublicKey = Readonly<Record<string, unknown>>;

/** The public keys with which Grafana signs identities. */
export interface SigningKeys {
  /** All keys that are in use now. Throws `PortError` with system `grafana`: `unavailable`, `timeout`, `rejected`, `invalid-answer`. */
  fetchKeys(): Promise<readonly PublicKey[]>;
}
