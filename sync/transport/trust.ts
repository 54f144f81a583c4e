import { getCACertificates, setDefaultCACertificates } from "node:tls";

/**
 * Makes this process trust `pem`, a store server's own authority, beside the public ones, for every
 * TLS connection from now on: aws-amplify's fetch and WebSocket take no certificate of their own.
 */
export function trustAuthority(pem: string): void {
  const trusted = getCACertificates("default");
  if (trusted.some((known) => known.trim() === pem.trim())) return;
  setDefaultCACertificates([...trusted, pem]);
}
