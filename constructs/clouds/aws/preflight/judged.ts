import { failed, passed } from "../../../preflight/answers";

/** Finding of what an earlier deploy has taken over, or made. */
export const OWN = passed("this environment's own, by its tags");

/** Finding of what Terraform manages for another service, or another environment: one has it. */
export const ANOTHERS = failed("Terraform manages it already for something else, as its tags say");
