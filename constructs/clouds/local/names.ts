import { APPLICATION_NAMESPACE_LABEL } from "../../kubernetes/facts";
import { keptPlace } from "../shared/kept-secrets";

/** The namespace that is the secret store. No pod runs in it. */
export const STORE_NAMESPACE = "secret-store";

/** Service account that External Secrets reads it as. */
export const READER = "reader";

/** `local.my-app.orders-db`, a Secret's name. */
export const secretPlace = keptPlace;

/** Labels by which a Secret of the store is found with the application's namespace, which has the same label. */
export const labelsOf = (application: string) => ({ [APPLICATION_NAMESPACE_LABEL]: application });
