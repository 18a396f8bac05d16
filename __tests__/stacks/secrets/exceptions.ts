import { SECRETS_IN_STATE as aws } from "../../../constructs/clouds/aws/secrets-in-state";
import { SECRETS_IN_STATE as azurerm } from "../../../constructs/clouds/azure/secrets-in-state";
import { SECRETS_IN_STATE as google } from "../../../constructs/clouds/google/secrets-in-state";
import type { SecretInState } from "../../../constructs/clouds/shared/secrets-in-state";
import type { StackJson } from "../../support/reference";

/** The lists of exceptions, by the provider whose stacks they are for. */
export const EXCEPTIONS: Readonly<Record<string, readonly SecretInState[]>> = { aws, azurerm, google };

/** Those of the providers in a stack: what is excepted on one cloud is not on another. */
export const exceptionsOf = ({ provider }: Pick<StackJson, "provider">): readonly SecretInState[] =>
  Object.keys(provider).flatMap((name) => EXCEPTIONS[name] ?? []);
