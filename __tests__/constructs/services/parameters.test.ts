import { aws } from "../../../constructs/clouds/aws";
import { azure } from "../../../constructs/clouds/azure";
import type { EnvironmentOption } from "../../../constructs/model/environment";
import { composeDocument } from "../../../constructs/outputs/compose/compose";
import { firstApplication, onAws } from "../../support/aws-application";
import { AWS_PROPS } from "../../support/aws-environment";
import { AZURE_PROPS } from "../../support/azure-environment";
import { onGoogle } from "../../support/google-application";
import { rabbitmqForm, redisForm } from "../../support/in-cluster";
import { draft, problemsOf, production, shop } from "../../support/input";
import { facts, find } from "../../support/resolved";

/* Parameters of caches and brokers that one environment sets, in every place that takes them. */

const CACHE = { timeout: "300", "notify-keyspace-events": "Ex" };
const BROKER = { consumer_timeout: "3600000", queue_index_embed_msgs_below: "4096" };

function having(services: Record<string, object>, cloud?: EnvironmentOption) {
  const { environment, overlay } = draft(production(shop()));
  Object.assign(overlay, { services: { ...overlay.services, ...services } });
  if (cloud !== undefined) Object.assign(environment, { cloud });
  return environment;
}

const cache = (parameters: Record<string, string>) => having({ cache: { parameters } });

test("ElastiCache is told in its parameter group, beside the eviction", () => {
  expect(onAws(cache(CACHE)).resource("aws_elasticache_parameter_group")["parameter"]).toEqual([
    { name: "maxmemory-policy", value: "volatile-lru" },
    { name: "timeout", value: "300" },
    { name: "notify-keyspace-events", value: "Ex" },
  ]);
});

test("Memorystore is told by its configs", () => {
  expect(onGoogle(cache(CACHE)).resource("google_redis_instance")["redis_configs"]).toMatchObject({
    "maxmemory-policy": "volatile-lru",
    ...CACHE,
  });
});

test("the cache in the cluster is told by its file", () => {
  const file = (parameters?: Record<string, string>) =>
    find(redisForm({ sizing: { parameters } }).objects(facts), "ConfigMap", "my-app-cache").data["valkey.conf"];
  expect(file(CACHE)).toBe(`${file() ?? ""}timeout 300\nnotify-keyspace-events Ex\n`);
});

test("the broker in the cluster is told by its configuration", () => {
  const text = (parameters?: Record<string, string>) => {
    const objects = rabbitmqForm({ sizing: { parameters } }).objects(facts);
    return find(objects, "RabbitmqCluster", "my-app-events").spec.rabbitmq.additionalConfig;
  };
  expect(text(BROKER)).toBe(`${text()}consumer_timeout = 3600000\nqueue_index_embed_msgs_below = 4096\n`);
});

test("containers of Compose are told when they start, and begin as before where nothing is said", () => {
  const services = (parameters: [Record<string, string>, Record<string, string>]) =>
    composeDocument({
      application: firstApplication(
        having({
          cache: { parameters: parameters[0] },
          events: { parameters: parameters[1], placement: "in-cluster" },
        }),
      ),
    }).services;
  const told = services([CACHE, BROKER]);
  expect(told["redis"]?.command?.slice(-4)).toEqual(["--timeout", "300", "--notify-keyspace-events", "Ex"]);
  expect(told["rabbitmq"]?.command).toEqual([
    ...["sh", "-c"],
    "printf '%s\\n' 'consumer_timeout = 3600000' 'queue_index_embed_msgs_below = 4096' > /etc/rabbitmq/conf.d/20-parameters.conf && exec docker-entrypoint.sh rabbitmq-server",
  ]);
  expect(services([{}, {}])["rabbitmq"]?.command).toBeUndefined();
});

test("nothing is told that nobody said", () => {
  expect(onAws(cache({})).text).toBe(onAws(production(shop())).text);
});

const AWS = aws(AWS_PROPS);
const inCluster = (parameters: Record<string, string>) =>
  having({ events: { placement: "in-cluster", parameters } }, AWS);

test.each<[string, ReturnType<typeof having>, string]>([
  [
    "eviction",
    cache({ "maxmemory-policy": "noeviction" }),
    'is the application\'s to say: redis({ eviction: "allkeys-lru" })',
  ],
  ["memory", cache({ maxmemory: "1gb" }), 'cache.parameters.maxmemory: got "1gb", follows from size; remove it'],
  ["TLS", cache({ "tls-port": "0" }), "follows from how the server is made"],
  ["a password", cache({ requirepass: "x" }), "who signs in is the edge's matter"],
  [
    "a password by its newer name",
    cache({ primaryauth: "x" }),
    'primaryauth: got "x", who signs in is the edge\'s matter',
  ],
  ["the user of a replica", cache({ primaryuser: "x" }), "who signs in is the edge's matter"],
  ["another folder of what is kept", cache({ appenddirname: "other" }), "what is kept on disk is the same"],
  ["another file of what is kept", cache({ appendfilename: "other" }), "what is kept on disk is the same"],
  ["a server to copy, by its older name", cache({ slaveof: "other" }), "follows from how the server is made"],
  ["no name", cache({ Timeout: "1" }), "no name of a parameter; use small letters, digits and hyphens"],
  [
    "a value with a line in it",
    cache({ timeout: "1\nuser default on nopass" }),
    "use up to 255 letters, digits and . : - _",
  ],
  [
    "a cache of Azure",
    having({ cache: { parameters: CACHE } }, azure(AZURE_PROPS)),
    "lets nobody set any but the eviction policy",
  ],
  [
    "Amazon MQ",
    having({ events: { parameters: BROKER } }, AWS),
    "Amazon MQ takes few, in a configuration of one version",
  ],
  ["a user of the broker", inCluster({ default_user: "x" }), "users are made by the Job of the release"],
  ["TLS of the broker", inCluster({ "ssl_options.verify": "verify_peer" }), "follows from how the broker is made"],
  [
    "a value that ends the command of Compose",
    inCluster({ heartbeat: "60'; true '" }),
    "use up to 255 letters, digits and . : / - _",
  ],
])("%s is refused", (_, environment, expected) => {
  expect(problemsOf(environment).join("\n")).toContain(expected);
});
