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
# What is not to replace anything asks for each key before it is written: somebody may have written it again meanwhile.
given_back() {
  if [ "$REPLACE" = yes ]; then set -- --no-check-dest; else set -- --ignore-existing --no-traverse; fi
  rclone copy "$LAYER/data" "$server" --files-from-raw "$batch" "$@" --metadata --metadata-mapper "sh $0 give"
}
# Size, MD5 and key of each in a list.
contents_of() {
  cut -f 2-4 "$1" > "$2"
  sort -o "$2" "$2"
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
  cut -f 2- "$work/had" > "$work/wanted"
  keys_of "$work/wanted" "$work/keys"
  keys_of "$work/there" "$work/now"
  contents_of "$work/wanted" "$work/contents"
  contents_of "$work/there" "$work/contents-now"
  comm -12 "$work/contents" "$work/contents-now" > "$work/equal"
  cut -f 3- "$work/equal" > "$work/same"
  not_in "$work/there" "$work/wanted" "$work/unlike"
  awk -F '\t' '$3 == "" { print $4 }' "$work/there" > "$work/in-parts"
  sort -o "$work/in-parts" "$work/in-parts"
  keys_of "$work/unlike" "$work/unlike-keys"
  comm -23 "$work/in-parts" "$work/unlike-keys" >> "$work/same"
  sort -u -o "$work/same" "$work/same"
  comm -23 "$work/keys" "$work/now" > "$work/missing"
  comm -12 "$work/keys" "$work/now" > "$work/both"
  comm -23 "$work/both" "$work/same" > "$work/other"
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
    awk -v layer="$layer" 'BEGIN { FS = OFS = "\t" } $1 == layer { print $3, $4, $5 }' "$work/lines" > "$work/expected"
    sort -o "$work/expected" "$work/expected"
    sort -o "$work/sound" "$work/sound"
    comm -23 "$work/expected" "$work/sound" > "$work/unsound"
    cut -f 3- "$work/unsound" >> "$work/spoilt"
    comm -12 "$work/expected" "$work/sound" > "$work/giving"
    cat "$work/giving" >> "$work/given"
    cut -f 3- "$work/giving" > "$work/of-layer"
    in_batches "$work/of-layer" given_back
  done < "$work/layers"
  # Nothing is believed that is not there now.
  listed "$server" > "$work/everything"
  contents_of "$work/everything" "$work/after"
  sort -o "$work/given" "$work/given"
  comm -23 "$work/given" "$work/after" > "$work/not-taken"
  cut -f 3- "$work/not-taken" > "$work/lost"
  : > "$work/meanwhile"
  if [ "$REPLACE" != yes ]; then
    sort "$work/lost" > "$work/another"
    keys_of "$work/everything" "$work/now"
    comm -12 "$work/another" "$work/now" > "$work/meanwhile"
    comm -23 "$work/another" "$work/now" > "$work/lost"
  fi
  restored=$(($(wc -l < "$work/given") - $(wc -l < "$work/lost") - $(wc -l < "$work/meanwhile")))
  echo "restored $restored of $(wc -l < "$work/wanted") objects in $(($(date +%s) - begun)) seconds; $(wc -l < "$work/same") were as they are in the copy, $(wc -l < "$work/since") came since and stay"
  if [ "$REPLACE" != yes ] && [ -s "$work/other" ]; then
    echo "objects that were written since and stay as they are, unless you say REPLACE=yes:"
    named "$work/other"
  fi
  if [ -s "$work/meanwhile" ]; then
    echo "objects that were written during the restore and stay as they are, $(wc -l < "$work/meanwhile") of them:"
    named "$work/meanwhile"
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
