import type { SecretInState } from "../shared/secrets-in-state";
import { GOOGLE_PROVISIONERS } from "./services/provisioners";

/**
 * Every attribute through which a secret value enters the Terraform state. Google generates each itself; the provider keeps
 * what it is told. Everything else is written without being kept.
 * A test holds the synthesized stacks against this list.
 */
export const SECRETS_IN_STATE: readonly SecretInState[] = GOOGLE_PROVISIONERS.all().flatMap(
  ({ facts }) => facts?.secretsInState ?? [],
);
