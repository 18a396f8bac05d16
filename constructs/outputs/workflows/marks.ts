/*
 * Commits of a branch that a run has left a mark of: that all of it is applied, or that its pages answered. A mark is an artifact, and whoever may
 * push may leave one: a mark counts where a run of this very workflow has left it, of a commit that is in this one's history. What is taken of it
 * is the commit alone, and never what is in the artifact.
 */

/** Runs with a mark that are looked at, of the newest. */
const RUNS = 20;

/**
 * Lines that set `marked` to the newest commit with this mark, and to nothing where none is known. They see `BRANCH`, `WORKFLOW` and the mark's
 * name in `MARK`.
 */
export const MARKED: readonly string[] = [
  `marked=""`,
  `runs=$(gh api "repos/$GITHUB_REPOSITORY/actions/artifacts?name=$MARK&per_page=100" |`,
  `  jq --raw-output --arg branch "$BRANCH" '[.artifacts[] | select((.expired | not) and .workflow_run.head_branch == $branch`,
  `    and .workflow_run.head_repository_id == .workflow_run.repository_id)] | sort_by(.created_at) | reverse | .[:${RUNS}][].workflow_run.id')`,
  `for run in $runs; do`,
  `  gh api "repos/$GITHUB_REPOSITORY/actions/runs/$run" >"$RUNNER_TEMP/run.json"`,
  `  commit=$(jq --raw-output --arg path ".github/workflows/$WORKFLOW" 'select((.path | split("@")[0]) == $path`,
  `    and (.event == "push" or .event == "workflow_dispatch")) | .head_sha' "$RUNNER_TEMP/run.json")`,
  `  if [ -n "$commit" ] && [ "$(gh api "repos/$GITHUB_REPOSITORY/compare/$commit...$GITHUB_SHA" | jq .behind_by)" = 0 ]; then`,
  `    marked=$commit`,
  `    break`,
  `  fi`,
  `done`,
];

/** Reads a file of a commit: its path and the commit are words of Bash. */
export const fileAt = (file: string, commit: string): string =>
  `gh api "repos/$GITHUB_REPOSITORY/contents/${file}?ref=${commit}" --header "Accept: application/vnd.github.raw+json"`;
