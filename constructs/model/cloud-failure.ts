/** A failure of a service that a cloud runs and only the cloud sees, as a kind of service names it. */
export interface CloudFailureFacts {
  readonly severity: "critical" | "warning";
  /** What is wrong, after the name of the service: `has a disk …`. */
  readonly is: string;
  /** Who feels it: a sentence or two. */
  readonly impact: string;
}
