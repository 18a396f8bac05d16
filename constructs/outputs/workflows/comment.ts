/**
 * Lines that put `$RUNNER_TEMP/comment.md` into the one comment of a pull request that begins with its first line, or into a new one. They see
 * `GH_TOKEN`, the number in `NUMBER` and that first line in `MARK`.
 */
export const KEEP_COMMENT: readonly string[] = [
  `comment=$(gh api --paginate "repos/$GITHUB_REPOSITORY/issues/$NUMBER/comments" |`,
  `  jq --raw-output --slurp --arg mark "$MARK" '[.[][] | select(.user.type == "Bot" and (.body | startswith($mark)))] | first | .id // empty')`,
  `if [ -n "$comment" ]; then`,
  `  gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$comment" --silent --field body=@"$RUNNER_TEMP/comment.md"`,
  `else`,
  `  gh api --method POST "repos/$GITHUB_REPOSITORY/issues/$NUMBER/comments" --silent --field body=@"$RUNNER_TEMP/comment.md"`,
  `fi`,
];
