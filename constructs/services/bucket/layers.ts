/*
 * How objects are copied and forgotten, as functions of the program that does (`BUCKET_BACKUP_SCRIPT`), whose functions these use.
 *
 * A run that was ended in the middle leaves what it has in the folder of the unfinished layer, with a line of each object that is whole:
 * the next run takes what is still as it was. A copy is a copy of everything, or there is none.
 */
export const BUCKET_LAYERS = String.raw`# Takes the keys of a batch out of a layer.
removed() {
  rclone delete "$1/data" --files-from-raw "$batch" && untold "$1"
}
untold() {
  sed 's,^,./,' "$batch" > "$work/paths" || return 1
  proven "$work/paths" "$(wc -l < "$batch")"
  tr '\n' '\0' < "$work/paths" > "$work/words" || return 1
  # The last of those that are cut off may be the name of another one.
  if [ "$(wc -c < "$work/words")" != "$(wc -c < "$work/paths")" ]; then return 1; fi
  (cd "$1/meta" && xargs -0 rm -f) < "$work/words"
}
# A later key may be the name of what was a folder.
without_empty_folders() {
  find "$1/data" "$1/meta" -mindepth 1 -depth -type d -empty -exec rmdir {} \;
}
# What there is to know of the objects of a layer, by their keys.
files_of_meta() {
  (cd "$1/meta" && find . -type f) > "$work/files"
  cut -c 3- "$work/files" > "$2"
  sort -o "$2" "$2"
}
# What of a batch has come, and what else is known of it: a line of each. rclone takes away what did not come whole.
fetched() {
  code=0
  rclone copy "$server" "$part/data" --files-from-raw "$batch" --no-check-dest --inplace --low-level-retries 1 \
    --metadata --metadata-mapper "sh $0 keep" || code=1
  listed "$part/data" --files-from-raw "$batch" > "$work/come" || return 1
  while IFS= read -r line; do
    key=${"$"}{line#*"$tab"*"$tab"*"$tab"}
    if [ -f "$part/meta/$key" ]; then printf '%s\n' "$line" >> "$part/whole"; fi
  done < "$work/come"
  return "$code"
}
# It is listed: one whose key is not as it is listed is not found by that.
still_there() {
  taken_down "$work/left" rclone lsf "$server" --recursive --files-only --no-traverse=false --files-from-raw "$batch" || return 1
  found=$((found + told))
}
# Of what is wanted, what the unfinished layer has not.
find_lacking() {
  keys_of "$part/whole" "$work/held"
  comm -23 "$work/wanted" "$work/held" > "$work/lacking"
  proven "$work/lacking" "$(comm -23 "$work/wanted" "$work/held" | wc -l)"
}
# What a run fetched that ended before its list had a name.
take_back() {
  if [ -e "$part" ]; then return; fi
  for layer in ./objects/*Z; do
    name=$(basename "$layer")
    if [ ! -d "$layer" ] || in_a_list "$name"; then continue; fi
    if [ -z "$last" ] || before "$(time_of "$last")" "$name"; then
      mv "$layer" "$part"
      return
    fi
  done
}
# Leaves of an earlier run what is whole and still as the object is.
take_over() {
  mkdir -p "$part/data" "$part/meta"
  rm -f "$part"/told.*
  touch "$part/whole"
  # What was written just before that run is not sure to be as it was copied.
  if [ -e "$part/settled" ]; then settled=$(cat "$part/settled"); else echo "$settled" > "$part/settled"; fi
  rclone lsf "$part/data" --recursive --files-only > "$work/got"
  sort -o "$work/got" "$work/got"
  not_in "$work/changed" "$part/whole" "$work/other"
  keys_of "$work/other" "$work/lacking"
  comm -23 "$work/wanted" "$work/lacking" > "$work/as-it-is"
  keys_of "$part/whole" "$work/held"
  comm -12 "$work/as-it-is" "$work/held" > "$work/kept"
  comm -12 "$work/kept" "$work/got" > "$work/taken"
  comm -23 "$work/got" "$work/taken" > "$work/old"
  in_batches "$work/old" removed "$part"
  files_of_meta "$part" "$work/got"
  comm -23 "$work/got" "$work/taken" > "$work/old"
  in_batches "$work/old" untold "$part"
  if [ -n "$failed" ]; then exit 1; fi
  without_empty_folders "$part"
  awk -F '\t' 'FILENAME == ARGV[1] { taken[$0] = 1; next } $4 in taken' "$work/taken" "$part/whole" > "$work/whole"
  mv "$work/whole" "$part/whole"
}
# Batches of a gigabyte or two thousand objects: a run that is ended loses no more than one.
fetch_lacking() {
  rm -f "$work"/batch.*
  awk -F '\t' -v name="$work/batch." '
    FILENAME == ARGV[1] { lacking[$0] = 1; next }
    $4 in lacking {
      if (file == "" || bytes > 1000000000 || count >= 2000) {
        if (file != "") close(file)
        file = sprintf("%s%06d", name, ++batches)
        bytes = count = 0
      }
      print $4 > file
      delete lacking[$4]
      bytes += $2
      count++
    }' "$work/lacking" "$work/there"
  for batch in "$work"/batch.*; do
    if [ -e "$batch" ]; then fetched || :; fi
  done
}

whole() {
  alone
  mkdir -p ./whole ./objects
  if made_just_now ./whole; then fail_if_filling; fi
  rm -f ./whole/.part*
  touch "$work/begun"
  settled=$(date -u -d "@$(($(date +%s) - 60))" +%Y-%m-%dT%H:%M:%SZ)
  failed=
  taken_down "$work/there" listed "$server"
  proven "$work/there" "$told"
  keys_of "$work/there" "$work/keys"
  proven "$work/keys" "$told"
  copies > "$work/copies"
  sort -o "$work/copies" "$work/copies"
  last=$(tail -n 1 "$work/copies")
  : > "$work/last"
  if [ -n "$last" ]; then cut -f 2- "$last" > "$work/last"; fi
  not_in "$work/there" "$work/last" "$work/changed"
  keys_of "$work/changed" "$work/wanted"
  sort -u -o "$work/wanted" "$work/wanted"
  take_back
  take_over
  uniq -d "$work/keys" > "$work/unnamed"
  find_lacking
  : > "$work/left"
  tries=1
  while [ -s "$work/lacking" ]; do
    fetch_lacking
    find_lacking
    # One that somebody deleted meanwhile is not lacking.
    : > "$work/left"
    found=0
    in_batches "$work/lacking" still_there
    if [ -n "$failed" ]; then
      echo 'no copy was made: the server does not say what it has' >&2
      exit 1
    fi
    sort -o "$work/left" "$work/left"
    proven "$work/left" "$found"
    cp "$work/left" "$work/lacking"
    if [ "$tries" = 3 ]; then
      # The server writes another sign for those that XML has not, and knows no such object.
      grep "$(printf '\357\277\275')" "$work/lacking" >> "$work/unnamed" || :
      sort -o "$work/unnamed" "$work/unnamed"
      comm -23 "$work/left" "$work/unnamed" > "$work/lacking"
    fi
    if [ "$tries" = 3 ] && [ -s "$work/lacking" ]; then
      echo "no copy was made: $(wc -l < "$work/lacking") objects could not be read or written, at first:" >&2
      head -n 10 "$work/lacking" >&2
      exit 1
    fi
    tries=$((tries + 1))
  done
  if [ -s "$work/unnamed" ]; then
    echo 'objects that are not copied, as the server does not tell their keys: control characters are not in its lists' >&2
    named "$work/unnamed" >&2
    # A run that leaves one out fails, and its next try would copy the same again.
    if made_just_now ./whole; then
      echo 'a copy of the others is there from the last five minutes: none is made now' >&2
      exit 1
    fi
  fi
  room 'no copy was made'
  publish
  room "the copy of $ready is made, but none that is too old was forgotten"
  forget
  forget_objects
  echo "copied the objects at $ready: $count, $new of them new"
  if [ -s "$work/unnamed" ]; then failed=yes; fi
  rm -rf "$work"
  fail_if_filling
  if [ -n "$failed" ]; then exit 1; fi
}

without_unnamed() {
  if [ -s "$work/unnamed" ]; then
    awk 'FILENAME == ARGV[1] { unnamed[$0] = 1; next } !($0 in unnamed)' "$work/unnamed" -
  else
    cat
  fi
}
# That the list has each key once which the server told, but for those that it does not name, and those that were deleted when it was
# asked again. These are numbers of lines that are on no volume.
prove_list() {
  without_unnamed < "$work/keys" | uniq > "$work/named"
  expected=$(without_unnamed < "$work/keys" | uniq | wc -l)
  deleted=$(comm -23 "$work/wanted" "$work/held" | comm -23 - "$work/left" | without_unnamed | uniq | wc -l)
  written=$(cut -f 5- ./whole/.part.list | without_unnamed | wc -l)
  agreed=$(cut -f 5- ./whole/.part.list | sort | comm -12 - "$work/named" | wc -l)
  if [ "$agreed" != $((expected - deleted)) ] || [ "$written" != "$agreed" ]; then
    echo "no copy was made: its list has $written objects, of which $agreed should be there, of $((expected - deleted)): the volume may be full" >&2
    exit 1
  fi
}
# What is as it was has its layer from the last copy. The time of what is not sure to be whole is none that an object has.
publish() {
  ready=$(now)
  while [ -e "./objects/$ready" ] || [ -e "./whole/$ready.list" ]; do
    sleep 1
    ready=$(now)
  done
  : > ./whole/.part.list
  if [ -n "$last" ]; then
    keys_of "$work/last" "$work/known"
    comm -13 "$work/keys" "$work/known" > "$work/gone"
    cat "$work/wanted" >> "$work/gone"
    awk -F '\t' 'FILENAME == ARGV[1] { gone[$0] = 1; next } !($5 in gone)' "$work/gone" "$last" > ./whole/.part.list
  fi
  awk -v layer="$ready" -v settled="$settled" 'BEGIN { FS = OFS = "\t" } { if ($1 >= settled) $1 = "?" $1; print layer, $0 }' \
    "$part/whole" >> ./whole/.part.list
  sync
  prove_list
  count=$(wc -l < ./whole/.part.list)
  new=$(wc -l < "$part/whole")
  if [ "$new" -gt 0 ]; then mv "$part" "./objects/$ready"; else rm -rf "$part"; fi
  sync
  touch -r "$work/begun" ./whole/.part.list
  mv ./whole/.part.list "./whole/$ready.list"
}

# Whether any list names a layer, or cannot be read.
in_a_list() {
  for one in ./whole/*Z*; do
    if [ ! -e "$one" ]; then continue; fi
    code=0
    grep -q "^$1$tab" "$one" || code=$?
    if [ "$code" != 1 ]; then return 0; fi
  done
  return 1
}
needed_of() {
  awk -F '\t' -v layer="$1" '$1 == layer { print $2 }' "$work/used"
}
# Objects that are in no copy now. Each number is one of lines that were not written: a list that is cut off would take what is needed.
# One list after the other: memory is for objects, not for all copies of them.
forget_objects() {
  : > "$work/used"
  number=0
  for one in ./whole/*Z*; do
    cut -f 1,5 "$one" > "$work/one"
    sort -o "$work/one" "$work/one"
    proven "$work/one" "$(wc -l < "$one")"
    number=$((number + $(uniq "$work/one" | comm -23 - "$work/used" | wc -l)))
    sort -m -u -o "$work/used" "$work/used" "$work/one"
    proven "$work/used" "$number"
  done
  for layer in ./objects/*Z; do
    if [ ! -d "$layer" ]; then continue; fi
    name=$(basename "$layer")
    needed_of "$name" > "$work/needed"
    if [ ! -s "$work/needed" ]; then
      if in_a_list "$name"; then
        echo "the run ends, as a list has what should be in no list: $layer stays" >&2
        exit 1
      fi
      rm -rf "$layer"
      continue
    fi
    proven "$work/needed" "$(needed_of "$name" | wc -l)"
    sort -o "$work/needed" "$work/needed"
    files_of_meta "$layer" "$work/there"
    comm -23 "$work/there" "$work/needed" > "$work/unused"
    proven "$work/unused" "$(comm -23 "$work/there" "$work/needed" | wc -l)"
    if [ ! -s "$work/unused" ]; then continue; fi
    in_batches "$work/unused" removed "$layer"
    without_empty_folders "$layer"
  done
}`;
