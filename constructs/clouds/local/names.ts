import { APPLICATION_NAMESPACE_LABEL } from "../../kubernetes/facts";
import { dottedName } from "../shared/dotted-name";

/** The namespace that is the secret store. No pod runs in it. */
export const STORE_NAMESPACE = "secret-store";

/** Service account that External Secrets reads it as. */
export const READER = "reader";

/**
 * `local.my-app.orders-db`, a Secret's name: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 * Secrets of one application begin with the same two names, and none of them is the beginning of another's.
 */
export const secretPlace = (names: readonly string[]): string => dottedName(names, { max: 253 });

/** Labels by which a Secret of the store is found with the application's namespace, which has the same label. */
export const labelsOf = (application: string) => ({ [APPLICATION_NAMESPACE_LABEL]: application });
