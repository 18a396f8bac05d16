import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Job } from "../../../constructs/kubernetes/objects";
import { USERS_JOBS, type UsersTask } from "../../../constructs/model/service-users";
import { find } from "../../support/resolved";
import { type Image, type Result, run } from "./container";
import { runPod } from "./run-pod";
import type { Deployed } from "./shop";
import type { Site } from "./site";

export interface UsersJob extends Result {
  /** Arguments and variables of every program that it started. */
  readonly trace: string;
}

/** Runs the Job that makes a service's users, or the one that retires them, as rendered. */
export async function runUsersJob(
  site: Site,
  deployed: Deployed,
  service: string,
  image: Image,
  task: UsersTask = "make",
): Promise<UsersJob> {
  const trace = join(site.folder, "trace");
  const { spec } = usersJob(deployed, service, task).spec.template;
  const result = await runPod(site, { ...deployed, spec, image, trace });
  return { ...result, trace: decoded(readFileSync(trace, "latin1")) };
}

/** By its name without the revision. */
export function usersJob({ objects }: Pick<Deployed, "objects">, service: string, task: UsersTask): Job {
  const name = `shop-${USERS_JOBS[task](service)}-`;
  const found = objects.filter(
    (object): object is Job => object.kind === "Job" && object.metadata.name.startsWith(name),
  );
  const [job] = found;
  if (job === undefined || found.length > 1) throw new Error(`${found.length} Jobs ${name}`);
  return job;
}

/** What ShellCheck has to say of the program. */
export async function lint(site: Site, { objects }: Deployed, service: string): Promise<Result> {
  const file = join(site.folder, "users.sh");
  writeFileSync(file, find(objects, "ConfigMap", `shop-${service}-users`).data["users.sh"] ?? "");
  return run(["shellcheck", "--shell=sh", file]);
}

const decoded = (trace: string): string =>
  trace.replace(/(?:\\x[0-9a-f]{2})+/g, (text) => Buffer.from(text.replaceAll("\\x", ""), "hex").toString());

/**
 * Those of the secrets that a text shows. Escaping and URLs leave the last word of each as it is; base64 does not, and
 * is how HTTP sends a login.
 */
export function shown(text: string, secrets: readonly string[]): string[] {
  return secrets.filter((secret) => {
    const word = secret.split(" ").at(-1) ?? secret;
    // Whatever stands before it in what was encoded, one of the three fits but for its ends.
    const encodings = [0, 1, 2].map((before) =>
      Buffer.from(" ".repeat(before) + secret)
        .toString("base64")
        .slice(4, -4),
    );
    return [word, ...encodings].some((form) => text.includes(form));
  });
}
