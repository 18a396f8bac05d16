import type { BucketCors, BucketLifecycle } from "../../model/bucket";
import type { Path, Problem } from "../../model/problem";
import type { ServiceSizing, SettingField } from "../../model/service";
import { originProblems } from "../../model/validate/origins";
import { lackingSettings } from "./lacking";
import { bucketDeeds } from "./settings";
import type { BucketSettings } from "./spec";

/** What an environment may say of a bucket in place of the application. */
export const BUCKET_SETTINGS = ["keepVersionsDays", "lifecycle", "cors"] as const satisfies readonly SettingField[];

type Said = Pick<ServiceSizing, SettingField>;

const over = <T>(own: T | undefined, said: T | false | undefined): T | undefined =>
  said === false ? undefined : (said ?? own);

/** Origins as browsers send them. */
const withDomains =
  (hosts: Readonly<Record<string, string>>) =>
  (rule: BucketCors): BucketCors => ({
    ...rule,
    origins: rule.origins.map((origin) =>
      Object.hasOwn(hosts, origin) ? `https://${hosts[origin] ?? origin}` : origin,
    ),
  });

/** Rules of a bucket, in the application and in an environment. */
export const BUCKET_RULES = {
  apply(spec: BucketSettings, said: Said, hosts: Readonly<Record<string, string>>): BucketSettings {
    const lifecycle = over(spec.lifecycle, said.lifecycle);
    const cors = over(spec.cors, said.cors)?.map(withDomains(hosts));
    return {
      keepVersionsDays: said.keepVersionsDays ?? spec.keepVersionsDays,
      ...(lifecycle && { lifecycle }),
      ...(cors && { cors }),
    };
  },
  problems: ({ lifecycle, cors }: Said, path: Path, hosts: ReadonlySet<string>): Problem[] => [
    ...(lifecycle ? expiryProblems(lifecycle, [...path, "lifecycle", "expireAfterDays"]) : []),
    ...(cors ? cors : []).flatMap(({ origins }, index) =>
      originProblems(origins, hosts, [...path, "cors", index, "origins"]),
    ),
  ],
  deeds: bucketDeeds,
  elsewhere: (spec: BucketSettings, path: Path): Problem[] => lackingSettings("external", { spec }, path),
};

/** A longer prefix that would keep objects longer than one that holds for them too, which every cloud goes by. */
function expiryProblems({ expireAfterDays = {} }: BucketLifecycle, path: Path): Problem[] {
  const all = Object.entries(expireAfterDays);
  return all.flatMap(([prefix, got]): Problem[] => {
    const [shorter, days] = all.find(([one, days]) => one !== prefix && prefix.startsWith(one) && days <= got) ?? [];
    if (shorter === undefined) return [];
    const why = `its objects begin with "${shorter}" too, and are deleted after ${days} days by that`;
    return [{ path: [...path, prefix], got, why, fix: "remove it, or use fewer days than that" }];
  });
}
