/** Days a backup of a shared volume is kept. */
export const KEEP_BACKUPS_DAYS = 35;

/** Six hours: the first backup of a large volume copies all of it. */
export const BACKUP_DEADLINE_SECONDS = 21_600;

/**
 * Backs up every file server that bears the cluster's label, and deletes backups that are too old. Whatever fails, the
 * rest is still done, and the Job fails at its end; what it had done already it does not do again.
 *
 * `Retain` leaves a file server behind its claim: it is backed up until somebody deletes it.
 */
export const BACKUP_SCRIPT = `set -uo pipefail
failed=0
today=$(date -u +%Y%m%d)
servers=$(gcloud filestore instances list --filter="labels.$LABEL=$CLUSTER AND state=READY" \\
  --format="csv[no-heading](name.basename(),name.segment(3),fileShares[0].name)") || exit 1
while IFS=, read -r server location share; do
  [ -n "$server" ] || continue
  backup="$server-$today"
  if gcloud filestore backups describe "$backup" --region="$REGION" --format="value(state)" 2>/dev/null; then continue; fi
  gcloud filestore backups create "$backup" --region="$REGION" --instance="$server" --instance-location="$location" \\
    --file-share="$share" --kms-key="$KEY" --labels="$LABEL=$CLUSTER" </dev/null || failed=1
done <<< "$servers"
old=$(gcloud filestore backups list --region="$REGION" --filter="labels.$LABEL=$CLUSTER AND createTime<-$KEEP" \\
  --format="value(name.basename())") || exit 1
for backup in $old; do
  gcloud filestore backups delete "$backup" --region="$REGION" --quiet || failed=1
done
exit $failed
`;
