import type { RightsScript } from "./rights";

/** How often, and after how many seconds, something is made again: clouds need a while to know what was made before it. */
const TRIES = 6;
const PAUSE = 10;

const usage = `usage: bash make.sh [--look | --replace | --keep]

  --look     make nothing; exit with 3 where something is missing or another one
  --replace  what is there and another one is made as the documents say
  --keep     what is there and another one stays as it is

Without an option nothing is made where something is another one.`;

/**
 * A script that makes what is missing. It looks at everything before it makes anything, so that what is there and another than
 * the documents say is told at once, and nothing is wider afterwards than somebody has said. Run again it makes nothing.
 */
export const rightsScript = (
  title: string,
  { programs, absent, unknownYet, before, steps, after = "" }: RightsScript,
): string =>
  `#!/usr/bin/env bash
# ${title}
set -euo pipefail

usage() {
  cat <<'END'
${usage}
END
}

how=stop
case "\${1-}" in
  "") ;;
  --look | --replace | --keep) how=\${1#--} ;;
  --help | -h)
    usage
    exit 0
    ;;
  *)
    usage >&2
    exit 2
    ;;
esac
if [ "$#" -gt 1 ]; then
  usage >&2
  exit 2
fi
cd "$(dirname "$0")"
for program in ${programs.join(" ")}; do
  if ! command -v "$program" >/dev/null; then
    echo "$program: is not on the PATH; install it" >&2
    exit 1
  fi
done

said=$(mktemp)
trap 'rm -f "$said"' EXIT
mode="look"
missing=0
others=0

# Ends the script where nothing that it could do would be right.
stop() {
  echo "$1" >&2
  exit 1
}

# What the cloud says of a thing; nothing where it says that there is none. Any other answer ends the script.
there() {
  local answer
  if answer=$("$@" 2>"$said" </dev/null); then
    printf '%s\\n' "$answer"
  elif ! grep -qE '${absent}' "$said"; then
    cat "$said" >&2
    return 1
  fi
}

# Makes something, which is told in words: a look only tells.
change() {
  local what=$1 try
  shift
  if [ "$mode" = look ]; then
    echo "to make: $what"
    missing=$((missing + 1))
    return
  fi
  echo "$what"
  for try in ${Array.from({ length: TRIES }, (_, index) => index + 1).join(" ")}; do
    if "$@" >/dev/null 2>"$said" </dev/null; then return; fi
    if [ "$try" -eq ${TRIES} ] || ! grep -qE '${unknownYet}' "$said"; then break; fi
    sleep ${PAUSE}
  done
  cat "$said" >&2
  stop "$what: was not made; what was made before it stays, and the script can be run again"
}

# Tells of what is there and another one; true where it is to be made as the documents say.
other() {
  if [ "$mode" = look ]; then
    echo "another: $1"
    others=$((others + 1))
  fi
  [ "$how" = replace ]
}

# Whether two texts of JSON are the same, whatever the order of their keys.
same() {
  [ "$(jq -S . <<<"$1")" = "$(jq -S . <<<"$2")" ]
}

${before.trim()}

${Object.entries(steps)
  .map(([name, text]) => `${name}() {\n${text.replace(/^\n|\n\s*$/g, "")}\n}`)
  .join("\n\n")}

everything() {
${Object.keys(steps)
  .map((name) => `  ${name}`)
  .join("\n")}
}

everything
if [ "$how" = look ]; then
  echo "$missing to make, $others another one"
  if [ "$((missing + others))" -gt 0 ]; then exit 3; fi
  exit 0
fi
if [ "$others" -gt 0 ] && [ "$how" = stop ]; then
  stop "$others another one than the documents say, and nothing was made; look at each, and run it with --replace or --keep"
fi
if [ "$missing" -eq 0 ]; then
  echo "everything is there"
else
  mode="make"
  everything
fi
${after === "" ? "" : `\n${after.trim()}\n`}`;
