import { PREVIEW_LABEL } from "../kubernetes/facts";
import { fitName, MAX_LABEL } from "../model/names";
import { previewName } from "../model/previews";

/* What tells a preview from everything else in its cluster, for whoever makes it and for whoever sweeps it. */

export { PREVIEW_LABEL } from "../kubernetes/facts";

/** Label with the number of the pull request. */
export const PULL_REQUEST_LABEL = "goldenpath/pull-request";

/** Label with the name of the application. Not the one by which the cloud's secret store serves namespaces. */
export const PREVIEWED_LABEL = "goldenpath/previewed-application";

/** Annotation with the time after which it is swept: RFC 3339, in UTC and of whole seconds. */
export const EXPIRES_ANNOTATION = "goldenpath/expires";

/** Annotation with the commit that was deployed last. */
export const COMMIT_ANNOTATION = "goldenpath/commit";

/** Annotation with the repository whose pull request it is: `acme/my-app`, as GitHub names it. */
export const REPOSITORY_ANNOTATION = "goldenpath/repository";

/** Folder of the states of previews, in the place where the environment's own states are. */
export const STATE_FOLDER = "previews";

/** Labels of a preview's namespace, and of what it has outside of it. */
export const previewLabels = (
  environment: string,
  pullRequest: number,
  application: string,
): Readonly<Record<string, string>> => ({
  [PREVIEW_LABEL]: environment,
  [PULL_REQUEST_LABEL]: String(pullRequest),
  [PREVIEWED_LABEL]: application,
});

/** `pr-123-my-app-api.staging.example.com` */
export const previewHost = (pullRequest: number, application: string, host: string, domain: string): string =>
  `${fitName([previewName(pullRequest), application, host], { max: MAX_LABEL })}.${domain}`;

/** A time as the annotation has it. */
export const rfc3339 = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`;

const HOUR = 3_600_000;

/** Time so many hours after another. */
export function later(time: Date, hours: number): Date {
  const then = structuredClone(time);
  then.setTime(time.getTime() + hours * HOUR);
  return then;
}
