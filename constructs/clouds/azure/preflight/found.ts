import { maybeIn, passed } from "../../../preflight/answers";
import { type Owned, ownedBy } from "../../../preflight/owners";
import { type Resource, textAt } from "../../../preflight/stacks";

/** Whether a failed answer says that there is no such thing. */
export const isNotFound = (complaint: string): boolean =>
  /ResourceNotFound|ResourceGroupNotFound|was not found|could not be found/.test(complaint);

/** Tags that every stack of the environment puts on what it makes. */
export const isOurs = (one: unknown, environment: string): boolean =>
  maybeIn(one, "tags", "environment") === environment && maybeIn(one, "tags", "managed-by") === "terraform";

/** Whose it is that is to be imported, by its tags and those that the stack has for it. */
export const ownerOf = (one: unknown, block: Resource["block"] | undefined, environment: string): Owned =>
  ownedBy(
    {
      isManaged: maybeIn(one, "tags", "managed-by") === "terraform",
      environment: maybeIn(one, "tags", "environment"),
      application: maybeIn(one, "tags", "goldenpath:application"),
      service: maybeIn(one, "tags", "goldenpath:service"),
    },
    {
      environment,
      application: textAt(block, "tags", "goldenpath:application"),
      service: textAt(block, "tags", "goldenpath:service"),
    },
  );

export const OWN = passed("this environment's own, by its tags");
