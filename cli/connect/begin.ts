import { randomBytes } from "node:crypto";
import type { PlatformEnvironment } from "../../constructs/environment";
import { rfc3339 } from "../../constructs/previews/names";
import type { SessionRecord } from "../../constructs/sessions/record";
import type { Program } from "../program";
import { Programs } from "../rollback/programs";
import { Cluster } from "./cluster";

/** What tells a session that begins now from every other, and when it ends. */
export function begin(prefix: string, seconds: number): Pick<SessionRecord, "from" | "name" | "until"> {
  const now = Date.now();
  return {
    name: prefix + randomBytes(4).toString("hex"),
    from: rfc3339(new Date(now)),
    until: rfc3339(new Date(now + seconds * 1000)),
  };
}

/**
 * The cluster of an environment.
 *
 * @param context of `kubectl`, in place of asking the cloud
 */
export const clusterOf = (
  { root }: Pick<Program, "root">,
  environment: PlatformEnvironment,
  context: string | undefined,
): Cluster => {
  const credentials = environment.cloud.operations?.(environment).credentials;
  return new Cluster(new Programs(root, process.env), credentials, context);
};
