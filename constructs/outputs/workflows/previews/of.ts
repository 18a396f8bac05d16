import { expression } from "../steps";

/* What jobs of previews are about: a pull request of this repository's own by its event, or one of a fork that somebody has named. */

/** A pull request, as a job is told of it. */
export interface Asked {
  /** Expression of its number. */
  readonly number: string;
  /** Expression of the commit that is built. */
  readonly commit: string;
}

/** The pull request of the event. */
export const OWN: Asked = {
  number: expression("github.event.number"),
  commit: expression("github.event.pull_request.head.sha"),
};

/** That which whoever started the workflow has named. */
export const NAMED: Asked = { number: expression("inputs.number"), commit: expression("inputs.commit") };

/** Whether the run is of a pull request of this repository's own. GitHub gives its bot as little as a fork. */
export const IS_OWN =
  "github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository && " +
  "github.event.pull_request.user.login != 'dependabot[bot]'";

/** `pr-123-<40 digits>` */
export const tagOf = ({ number, commit }: Asked): string => `pr-${number}-${commit}`;
