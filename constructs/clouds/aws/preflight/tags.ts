import { maybeIn } from "../../../preflight/answers";
import { textAt } from "../../../preflight/stacks";

/** Whether these are tags that every stack of the environment puts on what it makes. */
export function isOurs(tags: readonly unknown[], environment: string): boolean {
  const has = (key: string, value: string): boolean =>
    tags.some((tag) => maybeIn(tag, "Key") === key && maybeIn(tag, "Value") === value);
  return has("managed-by", "terraform") && has("environment", environment);
}

/** What an earlier deploy has tagged: for this service of this environment, or for something else. `undefined`: nothing has */
export function ownerOf(
  tags: readonly unknown[],
  environment: string,
  block: unknown,
): "another's" | "own" | undefined {
  const tag = (key: string): unknown => maybeIn(tags.find((one) => maybeIn(one, "Key") === key) ?? {}, "Value");
  if (tag("managed-by") !== "terraform" || tag("environment") === undefined) return undefined;
  const isSame = ["goldenpath:application", "goldenpath:service"].every(
    (key) => tag(key) === textAt(block, "tags", key),
  );
  return isOurs(tags, environment) && isSame ? "own" : "another's";
}
