import { team } from "goldenpath";

/**
 * Who answers for the application. Nobody is in it until you say so, and until then the scorecard says that: `members`, `email`, `chat`, and
 * `codeowners`, who reviews.
 */
export const owner = team({ name: "my-team" });
