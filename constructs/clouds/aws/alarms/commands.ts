import { environmentThere } from "../../../model/name-there";
import type { Done } from "../../../model/operations";
import type { ResolvedApplication } from "../../../model/resolved";

/** Commands of the AWS CLI in one region: the service and the verb come before the region. */
export const awsCommand =
  (region: string) =>
  (...words: readonly string[]): string =>
    ["aws", ...words.slice(0, 2), "--region", region, ...words.slice(2)].join(" ");

/** Says what the alarms of an application are now. */
export const alarmsNow = (region: string, application: ResolvedApplication): Done => ({
  say: "What the alarms of the application say now.",
  run: [
    awsCommand(region)(
      "cloudwatch",
      "describe-alarms",
      `--alarm-name-prefix ${environmentThere(application)}_${application.name}_`,
      "--query 'MetricAlarms[].[AlarmName,StateValue,StateReason]'",
      "--output table",
    ),
  ],
});
