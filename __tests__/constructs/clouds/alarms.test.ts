import { askedOf as askedOfAws, AWS_SERVICES } from "../../../constructs/clouds/aws/services/provisioners";
import { askedOf as askedOfAzure, AZURE_SERVICES } from "../../../constructs/clouds/azure/services/provisioners";
import { askedOf as askedOfGoogle, GOOGLE_SERVICES } from "../../../constructs/clouds/google/services/provisioners";
import { type Told, toldOf } from "../../../constructs/clouds/shared/told";
import type { EnvironmentInput } from "../../../constructs/model/environment";
import { resolveEnvironment } from "../../../constructs/model/resolve";
import type { ResolvedApplication, ResolvedService } from "../../../constructs/model/resolved";
import type { ServicePlacement } from "../../../constructs/model/service";
import {
  alarmsAmong,
  type AnyCloudAlarms,
  CLOUD_FAILURES,
  type CloudFailure,
  WITHOUT_CLOUD_FAILURES,
} from "../../../constructs/services/cloud-alarms";
import { SERVICE_KINDS } from "../../../constructs/services/kinds";
import { onAws } from "../../support/aws-application";
import { LOOKUP, onAzure } from "../../support/azure-application";
import { onGoogle, PLACE } from "../../support/google-application";
import { draft, environmentOption, production, shop } from "../../support/input";
import type { OnCloud } from "../../support/synthesized";

/* Failures that only the cloud sees: each has an alarm or a reason on each cloud, and whoever is called can act on the message. */

/** Production, which something measures. */
const measured = (): EnvironmentInput => ({ ...production(), observability: environmentOption() });

const TOLD: Told = { mail: "ops@example.com", runbookUrl: (failure) => `https://git.example.com/${failure}.md` };

const AWS_PLACE = { region: "eu-central-1", accountId: "123456789012", autoMode: false, dns: undefined } as const;

type Describe = (application: ResolvedApplication, service: ResolvedService) => AnyCloudAlarms | undefined;

/** Each cloud: what it says of a service, what it makes, and types of what it makes for alarms. */
const CLOUDS = [
  [
    "AWS",
    ((application, service) => AWS_SERVICES.describe(application, service, askedOfAws(AWS_PLACE)).alarms) as Describe,
    onAws,
    /^aws_(?:cloudwatch_metric_alarm|cloudwatch_event_|sns_)/,
  ],
  [
    "Google Cloud",
    ((application, service) => GOOGLE_SERVICES.describe(application, service, askedOfGoogle(PLACE)).alarms) as Describe,
    onGoogle,
    /^google_monitoring_/,
  ],
  [
    "Azure",
    ((application, service) => AZURE_SERVICES.describe(application, service, askedOfAzure(LOOKUP)).alarms) as Describe,
    onAzure,
    /^azurerm_monitor_(?:action_group|activity_log_alert|metric_alert)/,
  ],
] as const;

const failuresOf = (kind: string): CloudFailure[] =>
  (Object.keys(CLOUD_FAILURES) as CloudFailure[]).filter((failure) => CLOUD_FAILURES[failure].kind === kind);

const typesOf = (on: OnCloud, alarms: RegExp): string[] => Object.keys(on.types).filter((type) => alarms.test(type));

test("every kind of service has failures that only its cloud sees, or a reason why it has none", () => {
  for (const kind of SERVICE_KINDS) {
    const reason: string | undefined = WITHOUT_CLOUD_FAILURES[kind];
    expect([kind, failuresOf(kind).length > 0]).toEqual([kind, reason === undefined]);
  }
});

describe.each(CLOUDS)("on %s", (_, describeAlarms, on, types) => {
  const { application } = on(measured());
  const cases = application.services
    .filter(({ sizing }) => sizing.placement === "managed")
    .flatMap((service) => failuresOf(service.service.kind).map((failure) => [service.name, failure, service] as const));
  const here = on(production(), TOLD);

  test.each(cases)("%s: %s is told, or it is said why not", (_name, failure, service) => {
    const alarm = describeAlarms(application, service)?.[failure];
    expect(alarm).toBeDefined();
    if (alarm === undefined) return;
    const words = "untold" in alarm ? alarm.untold : alarm.when;
    expect(words.length).toBeGreaterThan(20);
    expect(words).not.toMatch(/[.]$|"/);
    if ("when" in alarm)
      expect([alarm.source, alarm.read]).toEqual([expect.stringMatching(/^https:/), expect.any(String)]);
  });

  test("what it says it tells is made, and nothing else", () => {
    const said = new Set(
      application.services.flatMap((service) => {
        const alarms = describeAlarms(application, service);
        return alarms === undefined ? [] : alarmsAmong(alarms).map(([failure]) => `${service.name}/${failure}`);
      }),
    );
    const made = new Set(
      [...here.text.matchAll(/"path": "[^"]+\/Services\/([^/"]+)\/Alarms\/(\w+)/g)].map(
        ([, service, failure]) => `${service}/${failure}`,
      ),
    );
    expect([...made].sort()).toEqual([...said].sort());
    expect(said.size).toBeGreaterThan(0);
  });

  test("each message names environment, application and service and leads to its runbook", () => {
    const texts = [
      ...here.text.matchAll(/"(?:alarm_description|content|description|input_template)": "((?:[^"\\]|\\.)*)"/g),
    ]
      .map(([, text]) => text ?? "")
      .filter((text) => text.includes("Runbook"));
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) {
      expect(text).toMatch(/^(?:\\")?(?:db|cache|events) of shop in production /);
      const [, failure = ""] = /https:\/\/git\.example\.com\/(\w+)\.md/.exec(text) ?? [];
      expect(Object.keys(CLOUD_FAILURES)).toContain(failure);
      // CloudWatch takes no more: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
      expect(text.length).toBeLessThan(1024);
    }
  });

  test("they go to the contact of the environment, once for the application", () => {
    expect(here.text.split("ops@example.com")).toHaveLength(2);
  });

  test("there are none where nobody measures, and the rest is the same with them", () => {
    const without = on(production());
    expect(typesOf(here, types).length).toBeGreaterThan(1);
    expect(typesOf(without, types)).toEqual([]);
    const rest = (one: OnCloud) =>
      Object.fromEntries(Object.entries(one.types).filter(([type]) => !types.test(type) && !/^aws_kms_/.test(type)));
    expect(rest(here)).toEqual(rest(without));
  });

  test("nothing is made for what runs in the cluster", () => {
    const { environment, overlay } = draft(production(shop()));
    const placement: { placement: ServicePlacement; highAvailability: boolean } = {
      placement: "in-cluster",
      highAvailability: false,
    };
    overlay.services = { db: placement, cache: placement, events: placement, files: placement };
    const cloud = { ...environmentOption(), placements: () => ["managed", "in-cluster"] as const };
    const inCluster = { ...environment, cloud } as EnvironmentInput;
    expect(typesOf(on(inCluster, TOLD), types)).toEqual([]);
  });
});

describe("who is told", () => {
  const environmentOf = (input: EnvironmentInput) => {
    const environment = resolveEnvironment(input);
    const [application] = environment.applications;
    if (application === undefined) throw new Error("no application");
    return toldOf(environment, application);
  };

  test("is nobody where nothing measures", () => {
    expect(environmentOf(production())).toBeUndefined();
  });

  test("is the contact, and the runbook is where what measures has it", () => {
    const runbookUrl = (application: { readonly name: string }, alert: string): string =>
      `${application.name}/${alert}`;
    const told = environmentOf({ ...production(), observability: { ...environmentOption(), runbookUrl } });
    expect([told?.mail, told?.runbookUrl("DatabaseInterrupted")]).toEqual([
      "ops@example.com",
      "shop/DatabaseInterrupted",
    ]);
    const without = environmentOf({ ...production(), observability: environmentOption() });
    expect(without?.runbookUrl("DatabaseInterrupted")).toBeUndefined();
  });
});

/** Production with this of its database. */
function sized(sizing: object): EnvironmentInput {
  const { environment, overlay } = draft(production(shop()));
  overlay.services = { ...overlay.services, db: sizing };
  return environment;
}

const GIB = 1024 ** 3;

describe("limits follow what is rendered", () => {
  test.each([
    ["20Gi", 1],
    ["200Gi", 10],
  ])("RDS with %s of storage", (storage, gibibytes) => {
    const alarm = onAws(sized({ storage }), TOLD).resource("aws_cloudwatch_metric_alarm", "DatabaseDisk");
    expect(alarm["threshold"]).toBe(gibibytes * GIB);
    expect(alarm["alarm_description"]).toContain(storage);
  });

  test.each([
    ["20Gi", 90],
    ["200Gi", 900],
  ])("Cloud SQL with %s of storage", (storage, gibibytes) => {
    const policy = JSON.stringify(
      onGoogle(sized({ storage }), TOLD).resource("google_monitoring_alert_policy", "DatabaseDisk"),
    );
    expect(policy).toContain(`"threshold_value":${gibibytes * GIB}`);
  });

  // Between where Azure makes the disk larger, and where it makes the server read-only.
  test.each([
    ["20Gi", 92.5, 90, 95],
    ["100Gi", 92.5, 90, 95],
    ["200Gi", 96.25, 95, 97.5],
    ["1000Gi", 99.25, 99, 99.5],
  ])("Azure with %s of storage", (storage, percent, grows, readOnly) => {
    const alert = onAzure(sized({ storage }), TOLD).resource(
      "azurerm_monitor_metric_alert",
      "DatabaseDiskNearMaximum-growth",
    );
    const [{ threshold }] = alert["criteria"] as [{ readonly threshold: number }];
    expect(threshold).toBe(percent);
    expect(threshold).toBeGreaterThan(grows);
    expect(threshold).toBeLessThan(readOnly);
  });

  test("credits are watched on machines that have some, by their processors", () => {
    const small = onAzure(sized({ size: "small", highAvailability: false }), TOLD);
    const alert = small.resource("azurerm_monitor_metric_alert", "DatabaseProcessorThrottled");
    expect(alert["criteria"]).toEqual([
      expect.objectContaining({ metric_name: "cpu_credits_remaining", threshold: 30 }),
    ]);
    expect(Object.keys(small.types)).toContain("azurerm_monitor_metric_alert");
    const large = onAzure(sized({ size: "medium" }), TOLD);
    expect(large.text).not.toContain("cpu_credits_remaining");
  });

  test("a standby is missed where one was asked for", () => {
    for (const on of [onGoogle, onAzure]) {
      expect(on(sized({ highAvailability: true, size: "medium" }), TOLD).text).toContain("DatabaseStandbyMissing");
      expect(on(sized({ highAvailability: false, size: "medium" }), TOLD).text).not.toContain("DatabaseStandbyMissing");
    }
  });
});

describe("silence", () => {
  const alarms = onAws(production(), TOLD);

  test("is the failure of a broker that tells nothing, and of nothing else", () => {
    const missing = alarms
      .resources("aws_cloudwatch_metric_alarm")
      .map((alarm) => [String(alarm["alarm_name"]).split("_").at(-1), alarm["treat_missing_data"]]);
    expect(Object.fromEntries(missing)).toEqual({
      DatabaseDiskNearMaximum: "notBreaching",
      BrokerMemoryNearMaximum: "notBreaching",
      BrokerDiskNearMinimum: "notBreaching",
      BrokerMessagesUnconsumed: "notBreaching",
      BrokerInterrupted: "breaching",
    });
  });

  test("of Memorystore is told, as no exporter asks it", () => {
    const policy = onGoogle(production(), TOLD).resource("google_monitoring_alert_policy", "CacheInterrupted");
    expect(JSON.stringify(policy["conditions"])).toContain('"condition_absent"');
  });
});

describe("the topic on AWS", () => {
  const here = onAws(production(), TOLD);

  test("takes messages of alarms of the account, and of rules, which cannot say whose they are", () => {
    const { Statement } = JSON.parse(String(here.resource("aws_sns_topic_policy")["policy"])) as {
      readonly Statement: readonly {
        readonly Principal: unknown;
        readonly Action: string;
        readonly Condition?: unknown;
      }[];
    };
    expect(Statement.map(({ Principal, Action, Condition }) => [Principal, Action, Condition])).toEqual([
      [
        { Service: "cloudwatch.amazonaws.com" },
        "sns:Publish",
        {
          StringEquals: { "aws:SourceAccount": expect.any(String) as string },
          ArnLike: { "aws:SourceArn": expect.stringContaining(":alarm:*") as string },
        },
      ],
      [{ Service: "events.amazonaws.com" }, "sns:Publish", undefined],
    ]);
  });

  test("is encrypted by a key of its own, which both may use, and the key of the data stays closed to them", () => {
    const keys = here
      .resources("aws_kms_key")
      .map((key) => [key["description"], /cloudwatch|events\.amazonaws/.test(String(key["policy"]))]);
    expect(Object.fromEntries(keys)).toEqual({
      "Data of shop in production": false,
      "Alarms of shop in production": true,
    });
    expect(here.resource("aws_sns_topic")["kms_master_key_id"]).toMatch(/Alarms_Key/);
  });

  test("hears of each database by its own events", () => {
    const rules = here.resources("aws_cloudwatch_event_rule").map(
      (rule) =>
        JSON.parse(String(rule["event_pattern"])) as {
          readonly resources: unknown;
          readonly detail: { readonly EventID: readonly string[] };
        },
    );
    expect(rules).toHaveLength(2);
    for (const { resources, detail } of rules) {
      expect(resources).toEqual([expect.stringContaining("aws_db_instance")]);
      expect(detail.EventID.every((id) => /^RDS-EVENT-\d{4}$/.test(id))).toBe(true);
      // It comes before every step by which a disk grows.
      expect(detail.EventID).not.toContain("RDS-EVENT-0089");
    }
  });
});
