/*
 * The way back from copies of objects, as a function of the program that makes them (`BUCKET_BACKUP_SCRIPT`), whose functions it uses.
 *
 * What was deleted comes back. What was written since is not replaced unless somebody says so, and what came since stays: nobody but
 * they knows which of these is the mistake. The server keeps what is replaced as an old version.
 */
export const BUCKET_RESTORE = String.raw`# Those of a layer that are still as they were when they were copied.
checked() {
  rclone lsf "$LAYER/data" --recursive --files-only --files-from-raw "$batch" --format shp --hash MD5 --separator "$tab" >> "$work/sound"
}
given_back() {
  rclone copy "$LAYER/data" "$server" --files-from-raw "$batch" --no-check-dest --metadata --metadata-mapper "sh $0 give"
}
restore() {
  check_time
  case $REPLACE in
    yes | no | '') ;;
    *)
      echo "REPLACE is \"$REPLACE\": use yes or no" >&2
      exit 2
      ;;
  esac
  begun=$(date +%s)
  alone
  copies > /tmp/copies
  find_copy
  echo "going back to $AT: the copy of $(time_of "$copy")"
  export PREFIX LAYER
  awk 'BEGIN { FS = OFS = "\t"; begins = ENVIRON["PREFIX"] }
    substr($5, 1, length(begins)) == begins { sub(/^\?/, "", $2); print }' "$copy" > "$work/had"
  if [ ! -s "$work/had" ]; then
    echo "it has no object${"$"}{PREFIX:+ whose key begins with \"$PREFIX\"}, and nothing was changed" >&2
    exit 1
  fi
  listed "$server" > "$work/everything"
  awk 'BEGIN { FS = "\t"; begins = ENVIRON["PREFIX"] } substr($4, 1, length(begins)) == begins' "$work/everything" > "$work/there"
  # The same are those of the same content; of one that came in parts, those of the same time and size.
  cut -f 3-5 "$work/had" | sort > "$work/contents"
  cut -f 2-4 "$work/there" | sort | comm -12 "$work/contents" - | cut -f 3- > "$work/same"
  awk 'BEGIN { FS = OFS = "\t" } { print $2, $3, $5 }' "$work/had" | sort > "$work/times"
  awk 'BEGIN { FS = OFS = "\t" } $3 == "" { print $1, $2, $4 }' "$work/there" | sort | comm -12 "$work/times" - | cut -f 3- >> "$work/same"
  sort -u -o "$work/same" "$work/same"
  cut -f 5- "$work/had" | sort > "$work/keys"
  cut -f 4- "$work/there" | sort > "$work/now"
  comm -23 "$work/keys" "$work/now" > "$work/missing"
  comm -12 "$work/keys" "$work/now" | comm -23 - "$work/same" > "$work/other"
  comm -13 "$work/keys" "$work/now" > "$work/since"
  cp "$work/missing" "$work/wanted"
  if [ "$REPLACE" = yes ]; then sort -o "$work/wanted" "$work/missing" "$work/other"; fi

  failed=
  : > "$work/spoilt"
  : > "$work/given"
  awk -F '\t' 'FILENAME == ARGV[1] { wanted[$0] = 1; next } $5 in wanted' "$work/wanted" "$work/had" > "$work/lines"
  cut -f 1 "$work/lines" | sort -u > "$work/layers"
  while read -r layer; do
    LAYER=./objects/$layer
    : > "$work/sound"
    awk -F '\t' -v layer="$layer" '$1 == layer { print $5 }' "$work/lines" > "$work/of-layer"
    in_batches "$work/of-layer" checked
    awk 'BEGIN { FS = OFS = "\t" } $1 == layer { print $3, $4, $5 }' layer="$layer" "$work/lines" | sort > "$work/expected"
    sort -o "$work/sound" "$work/sound"
    comm -23 "$work/expected" "$work/sound" | cut -f 3- >> "$work/spoilt"
    comm -12 "$work/expected" "$work/sound" | cut -f 3- > "$work/of-layer"
    comm -12 "$work/expected" "$work/sound" >> "$work/given"
    in_batches "$work/of-layer" given_back
  done < "$work/layers"
  # Nothing is believed that is not there now.
  listed "$server" | cut -f 2-4 | sort > "$work/after"
  sort "$work/given" | comm -23 - "$work/after" | cut -f 3- > "$work/lost"
  restored=$(($(wc -l < "$work/given") - $(wc -l < "$work/lost")))
  echo "restored $restored of $(wc -l < "$work/wanted") objects in $(($(date +%s) - begun)) seconds; $(wc -l < "$work/same") were as they are in the copy, $(wc -l < "$work/since") came since and stay"
  if [ "$REPLACE" != yes ] && [ -s "$work/other" ]; then
    echo "objects that were written since and stay as they are, unless you say REPLACE=yes:"
    named "$work/other"
  fi
  code=0
  if [ -s "$work/spoilt" ]; then
    echo 'objects that are no more on the volume as they were copied: look for them in an earlier copy' >&2
    named "$work/spoilt" >&2
    code=1
  fi
  if [ -s "$work/lost" ]; then
    echo 'objects that the server did not take:' >&2
    named "$work/lost" >&2
    code=1
  fi
  rm -rf "$work"
  exit "$code"
}`;
