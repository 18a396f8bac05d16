/*
 * The way back from copies of a broker's definitions, as functions of the program that makes them (`RABBITMQ_BACKUP_SCRIPT`), whose
 * functions it uses.
 *
 * A broker replaces policies and parameters that have the same name, by which a queue with messages would have other limits at once: so
 * those are left out of what it is told. And it says that it took queues and bindings also where it made none, as it makes none before as
 * many nodes run as it should have (`rabbit_definitions.erl`, read on 2026-11-29): so these are looked for.
 */
export const RABBITMQ_RESTORE = String.raw`# The definitions in a file, each sign and each string on a line of its own.
tokens() {
  grep -oE '"([^"\\]|\\.)*"|[][{}:,]|[^][{}:,"]+' "$1" > ./.restore/tokens || true
  tr -d '\n' < ./.restore/tokens > ./.restore/together
  tr -d '\n' < "$1" > ./.restore/as-it-is
  if cmp -s ./.restore/together ./.restore/as-it-is; then return 0; fi
  echo "$1 cannot be read" >&2
  return 1
}
# What the definitions in a file define, one a line: its kind, and what it is known by. With another file of such lines: the definitions
# without the policies and parameters that are in that, whose lines go to ./.restore/kept.
defined() {
  tokens "$1" || exit 1
  awk -v have="${"$"}{2:-}" '
    function ended() {
      key = section "\t" field["\"component\""] "\t" field["\"name\""] "\t" field["\"source\""] "\t" \
        field["\"destination_type\""] "\t" field["\"destination\""] "\t" field["\"routing_key\""]
      if (have == "") print key
      else if ((section == "\"policies\"" || section == "\"parameters\"") && (key in there)) print key > "./.restore/kept"
      else printf "%s%s", (count++ ? "," : ""), text
      text = ""
      split("", field)
    }
    BEGIN { if (have != "") while ((getline line < have) > 0) there[line] = 1 }
    {
      opens = ($0 == "{" || $0 == "[")
      if ($0 == "}" || $0 == "]") depth--
      if (!list || depth == 1) {
        if (have != "") printf "%s", $0
        list = (depth == 1 && $0 == "[")
        if (list) count = 0
        if (depth == 1 && $0 == ":") section = last
      } else if (depth > 2 || $0 != ",") {
        text = text $0
        if (depth == 3 && $0 == ":") name = last
        else if (depth == 3 && last == ":") field[name] = $0
        if (depth == 2 && !opens) ended()
      }
      if (opens) depth++
      last = $0
    }' ./.restore/tokens
}
# Queues and bindings that a copy has and the broker has not. A broker makes none whose names are its own.
missing() {
  api GET "definitions/$vhost" > ./.restore/there.json || exit 1
  defined ./.restore/there.json > ./.restore/there
  awk -v have=./.restore/there '
    BEGIN { while ((getline line < have) > 0) there[line] = 1 }
    !($0 in there)' ./.restore/wanted > ./.restore/missing
  [ -s ./.restore/missing ]
}

# What is there stays, and what the copy has beside it is made.
restore() {
  check_time
  begun=$(date +%s)
  copies > /tmp/copies
  find_copy
  # On the volume, as a pod's own folder is small.
  rm -rf ./.restore
  mkdir ./.restore
  trap 'rm -rf ./.restore' EXIT
  api GET 'nodes?columns=name,running' > ./.restore/nodes.json
  running=$(grep -o '"running":true' ./.restore/nodes.json | wc -l)
  if [ "$running" -lt "$NODES" ]; then
    echo "$running of $NODES nodes run, and the broker makes no queue before all do; nothing was changed: wait for them, and restore again" >&2
    exit 1
  fi
  echo "going back to $AT: the copy of $(time_of "$copy")"
  for one in "$copy"/*.json; do
    if tokens "$one"; then continue; fi
    echo 'nothing was changed: give a time before that copy' >&2
    exit 1
  done
  for one in "$copy"/*.vhost; do
    vhost=$(cat "$one")
    json=$(echo "$one" | sed 's/vhost$/json/')
    if ! api GET "vhosts/$vhost" > /dev/null 2>&1; then api PUT "vhosts/$vhost"; fi
    api GET "definitions/$vhost" > ./.restore/there.json
    defined ./.restore/there.json > ./.restore/there
    : > ./.restore/kept
    defined "$json" ./.restore/there > ./.restore/told.json
    if [ -s ./.restore/kept ]; then
      echo "virtual host $vhost: policies and parameters that stay as they are there:"
      cut -f 1-3 ./.restore/kept
    fi
    if ! api POST "definitions/$vhost" --data-binary @./.restore/told.json > ./.restore/said; then
      cat ./.restore/said >&2
      echo >&2
      echo "virtual host $vhost: the broker did not take its definitions, or only some of them" >&2
      exit 1
    fi
    defined "$json" > ./.restore/all
    awk -F '\t' '($1 == "\"queues\"" && $3 !~ /^"amq\./) || ($1 == "\"bindings\"" && $6 !~ /^"amq\./)' ./.restore/all > ./.restore/wanted
    # Another node may be asked, which hears of it a moment later.
    tries=1
    while missing; do
      if [ "$tries" = 3 ]; then
        all=$(wc -l < ./.restore/wanted)
        echo "virtual host $vhost: $((all - $(wc -l < ./.restore/missing))) of $all queues and bindings are there; missing, at first:" >&2
        head -n 10 ./.restore/missing | tr -s '\t' ' ' >&2
        echo 'wait until all nodes have joined, and restore again' >&2
        exit 1
      fi
      tries=$((tries + 1))
      sleep 1
    done
  done
  echo "restored definitions in $(($(date +%s) - begun)) seconds"
}`;
