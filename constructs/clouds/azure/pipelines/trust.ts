import { sha256 } from "../../../model/sha256";
import { ISSUER } from "../../../pipelines/trust";

/** Most credentials of one managed identity: https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations */
export const MOST_AZURE_CREDENTIALS = 20;

export interface AzureCredential {
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly ["api://AzureADTokenExchange"];
}

/**
 * Credentials by which tokens of these subjects are taken. Each has its name of its subject: no other is ever written over.
 *
 * @throws RangeError for more than one identity may have
 */
export function azureTrust(subjects: readonly string[]): readonly AzureCredential[] {
  if (subjects.length > MOST_AZURE_CREDENTIALS) {
    throw new RangeError(`${subjects.length} credentials: an identity has ${MOST_AZURE_CREDENTIALS} at most`);
  }
  return subjects.map((subject) => ({
    name: `github-${sha256(subject).slice(0, 8)}`,
    issuer: `https://${ISSUER}`,
    subject,
    audiences: ["api://AzureADTokenExchange"],
  }));
}
