/*
 * How objects are copied and forgotten, as functions of the program that does (`BUCKET_BACKUP_SCRIPT`), whose functions these use.
 *
 * A run that was ended in the middle leaves what it has in the folder of the unfinished layer, where the next one takes what is still
 * as it was. A copy is a copy of everything, or there is none.
 */
export const BUCKET_LAYERS = String.raw`# Content without what else is known of it is none that was finished, and the other way round.
only_finished() {
  (cd "$part/meta" && find . -type f) | cut -c 3- | sort > "$work/told"
  rclone lsf "$part/data" --recursive --files-only | sort > "$work/got"
  comm -23 "$work/got" "$work/told" > "$work/untold"
  comm -13 "$work/got" "$work/told" | sed 's,^,./,' | tr '\n' '\0' | (cd "$part/meta" && xargs -0 rm -f)
  comm -12 "$work/got" "$work/told" > "$work/finished"
  in_batches "$work/untold" removed "$part"
}
removed() {
  rclone delete "$1/data" --files-from-raw "$batch" --rmdirs
  sed 's,^,./,' "$batch" | tr '\n' '\0' | (cd "$1/meta" && xargs -0 rm -f)
}
fetched() {
  rclone copy "$server" "$part/data" --files-from-raw "$batch" --no-check-dest --inplace --low-level-retries 1 \
    --metadata --metadata-mapper "sh $0 keep"
}
still_there() {
  rclone lsf "$server" --recursive --files-only --files-from-raw "$batch" >> "$work/left"
}

whole() {
  alone
  mkdir -p ./whole ./objects
  if made_just_now ./whole; then fail_if_filling; fi
  rm -f ./whole/.part*
  touch "$work/begun"
  settled=$(date -u -d "@$(($(date +%s) - 60))" +%Y-%m-%dT%H:%M:%SZ)
  failed=
  listed "$server" > "$work/there"
  last=$(copies | sort | tail -n 1)
  : > "$work/last"
  if [ -n "$last" ]; then cut -f 2- "$last" > "$work/last"; fi
  not_in "$work/there" "$work/last" > "$work/changed"
  mkdir -p "$part/data" "$part/meta"
  rm -f "$part"/told.*
  # Of what an earlier run left all goes that is not as the object is now. What was written just before that run is not sure to be whole.
  if [ -e "$part/settled" ]; then settled=$(cat "$part/settled"); else echo "$settled" > "$part/settled"; fi
  only_finished
  listed "$part/data" > "$work/had"
  not_in "$work/changed" "$work/had" | cut -f 4- | sort > "$work/lacking"
  cut -f 4- "$work/changed" | sort > "$work/wanted"
  comm -23 "$work/wanted" "$work/lacking" | comm -23 "$work/finished" - > "$work/old"
  in_batches "$work/old" removed "$part"
  only_finished
  if [ -n "$failed" ]; then exit 1; fi
  cut -f 4- "$work/there" | sort | uniq -d > "$work/unnamed"
  tries=1
  comm -23 "$work/wanted" "$work/finished" > "$work/lacking"
  while [ -s "$work/lacking" ]; do
    in_batches "$work/lacking" fetched
    only_finished
    comm -23 "$work/wanted" "$work/finished" > "$work/lacking"
    # One that somebody deleted meanwhile is not lacking.
    : > "$work/left"
    failed=
    in_batches "$work/lacking" still_there
    if [ -n "$failed" ]; then
      echo 'no copy was made: the server does not say what it has' >&2
      exit 1
    fi
    sort "$work/left" > "$work/lacking"
    if [ "$tries" = 3 ]; then
      # The server writes another sign for those that XML has not, and knows no such object.
      grep "$(printf '\357\277\275')" "$work/lacking" >> "$work/unnamed" || :
      comm -23 "$work/lacking" "$work/unnamed" > "$work/left"
      mv "$work/left" "$work/lacking"
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
  ready=$(now)
  # What is as it was has its layer from the last copy. The time of what is not sure to be whole is none that an object has.
  if [ -n "$last" ]; then
    cut -f 4- "$work/last" | sort > "$work/known"
    cut -f 4- "$work/there" | sort | comm -13 - "$work/known" | sort - "$work/wanted" > "$work/gone"
    awk -F '\t' 'FILENAME == ARGV[1] { gone[$0] = 1; next } !($5 in gone)' "$work/gone" "$last" > ./whole/.part.list
  fi
  listed "$part/data" > "$work/new"
  awk -v layer="$ready" -v settled="$settled" 'BEGIN { FS = OFS = "\t" } { if ($1 >= settled) $1 = "?" $1; print layer, $0 }' \
    "$work/new" >> ./whole/.part.list
  count=$(wc -l < ./whole/.part.list)
  if [ -s "$work/new" ]; then mv "$part" "./objects/$ready"; else rm -rf "$part"; fi
  sync
  touch -r "$work/begun" ./whole/.part.list
  mv ./whole/.part.list "./whole/$ready.list"
  forget
  swept
  echo "copied the objects at $ready: $count, $(wc -l < "$work/new") of them new"
  if [ -s "$work/unnamed" ]; then failed=yes; fi
  rm -rf "$work"
  fail_if_filling
  if [ -n "$failed" ]; then exit 1; fi
}

# Objects that no copy has any more.
swept() {
  copies > "$work/copies"
  xargs cat < "$work/copies" | cut -f 1,5 | sort -u > "$work/used"
  for layer in ./objects/*Z; do
    if [ ! -d "$layer" ]; then continue; fi
    awk -F '\t' -v layer="$(basename "$layer")" '$1 == layer { print $2 }' "$work/used" | sort > "$work/needed"
    if [ ! -s "$work/needed" ]; then
      rm -rf "$layer"
      continue
    fi
    (cd "$layer/meta" && find . -type f) | cut -c 3- | sort | comm -23 - "$work/needed" > "$work/unused"
    in_batches "$work/unused" removed "$layer"
  done
}`;
