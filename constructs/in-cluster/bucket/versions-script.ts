import { SECRET_PATH, TLS_PATH } from "../server";
import { S3_PORT, S3_SECRETS } from "./names";

/**
 * The gateway keeps versions where a client has asked for it, and forgets none by itself. This asks for it, and takes away
 * what was overwritten or deleted too long ago: a version is copied aside at that moment, so its file is as old as that.
 */
export const VERSIONS_SCRIPT = String.raw`set -eu
umask 077
trap 'exit 0' TERM
{
  printf 'user = "%s:%s"\n' "$(cat ${SECRET_PATH}/${S3_SECRETS.id})" "$(cat ${SECRET_PATH}/${S3_SECRETS.key})"
  printf 'cacert = "${TLS_PATH}/ca.crt"\n'
} > /tmp/curl.conf
wanted='<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>'
hash=$(printf %s "$wanted" | sha256sum | cut -d ' ' -f 1)
until curl --config /tmp/curl.conf --silent --show-error --fail --max-time 10 --aws-sigv4 "aws:amz:$REGION:s3" \
  --request PUT --header "x-amz-content-sha256: $hash" --data "$wanted" \
  "https://localhost:${S3_PORT}/$BUCKET?versioning="; do
  sleep 5
done
echo "versions of $BUCKET are kept for $DAYS days"
while :; do
  find "$VERSIONS" -type f -mtime "+$DAYS" -exec rm -f {} +
  sleep 3600 &
  wait $!
done
`;
