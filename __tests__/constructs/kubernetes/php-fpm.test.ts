import { overload, poolSize, shorthand, statusAddress } from "../../../constructs/kubernetes/fpm-pool";
import { NGINX_IMAGE, tmpSizeFor } from "../../../constructs/kubernetes/php-fpm";
import { parseImage } from "../../../constructs/model/image";
import type { Bytes } from "../../../constructs/model/quantity";
import type { ResolvedPhpFpm } from "../../../constructs/model/resolved";
import { backend, find, render, resolvedApplication } from "../../support/resolved";

function rendered(changes: Partial<ResolvedPhpFpm> = {}) {
  const objects = render({ application: resolvedApplication({ workloads: [backend(changes)] }) });
  const { spec } = find(objects, "Deployment", "my-app-backend").spec.template;
  const [fpm, nginx] = spec.containers;
  if (fpm === undefined || nginx === undefined) throw new Error("two containers expected");
  const { data } = find(objects, "ConfigMap", "my-app-backend.server");
  return { spec, fpm, nginx, conf: data["nginx.conf"] ?? "", pool: data["php-fpm.conf"] ?? "" };
}

describe("the pool", () => {
  test.each<[Bytes, Bytes, number]>([
    ["512Mi", "48Mi", 7],
    ["1Gi", "48Mi", 17],
    ["256Mi", "48Mi", 3],
    ["64Mi", "64Mi", 1],
    ["4Gi", "128Mi", 30],
  ])("in %s has with %s each %d processes", (limit, process, expected) => {
    expect(poolSize(limit, process).maxChildren).toBe(expected);
  });

  test("is always one that PHP-FPM accepts", () => {
    for (let mebibytes = 32; mebibytes <= 4096; mebibytes += 16) {
      const { maxChildren, startServers, minSpare, maxSpare } = poolSize(`${mebibytes}Mi`, "48Mi");
      expect(minSpare).toBeGreaterThanOrEqual(1);
      expect(minSpare).toBeLessThanOrEqual(startServers);
      expect(startServers).toBeLessThanOrEqual(maxSpare);
      expect(maxSpare).toBeLessThanOrEqual(maxChildren);
    }
  });

  test("is what its file says, and the memory of each process is enforced", () => {
    const { pool } = rendered();
    expect(pool).toContain("pm.max_children = 7\n");
    expect(pool).toContain("php_admin_value[memory_limit] = 48M\n");
    expect(pool).toContain("listen = 9000\n");
    expect(pool).toContain("clear_env = no\n");
  });

  test("answers its status beside the workers, where the health check looks", () => {
    const { pool, fpm } = rendered();
    expect(pool).toContain("pm.status_listen = 127.0.0.1:9001\n");
    expect(pool).toContain("pm.status_path = /status\n");
    expect(fpm.env).toContainEqual({ name: "FCGI_CONNECT", value: "127.0.0.1:9001" });
    expect(fpm.env).toContainEqual({ name: "FCGI_STATUS_PATH", value: "/status" });
  });

  test("has its status on a port that nothing else has", () => {
    const ports = { port: 9001, httpPort: 8080, ports: undefined, sidecars: undefined };
    expect(statusAddress(ports)).toBe("127.0.0.1:9002");
    expect(statusAddress({ ...ports, httpPort: 9002 })).toBe("127.0.0.1:9003");
    const metrics = { name: "metrics", port: 9002, protocol: "TCP", appProtocol: undefined } as const;
    expect(statusAddress({ ...ports, ports: [metrics, { ...metrics, name: "admin", port: 9003 }] })).toBe(
      "127.0.0.1:9004",
    );
  });

  test("is alive while it answers, and ready while what waits is in proportion to it", () => {
    const { fpm } = rendered();
    expect(fpm.livenessProbe?.exec).toEqual({ command: ["php-fpm-healthcheck"] });
    expect(fpm.readinessProbe?.exec).toEqual({ command: ["php-fpm-healthcheck", "--listen-queue=70"] });
    const own = rendered({ healthCommand: ["bin/health", "--fast"] }).fpm;
    expect(own.readinessProbe?.exec?.command).toEqual(["bin/health", "--fast", "--listen-queue=70"]);
  });

  test("turns unready before its queue is full, however many processes it has", () => {
    const backlog = Number(/^listen\.backlog = (\d+)$/m.exec(rendered().pool)?.[1]);
    for (const limit of ["64Mi", "512Mi", "2Gi", "64Gi"] as const) {
      const size = poolSize(limit, "48Mi");
      expect(overload(size)).toBeGreaterThan(size.maxChildren === 1 ? 0 : 20);
      expect(overload(size)).toBeLessThan(backlog);
    }
  });

  test("is read after the image's own files", () => {
    const [file] = rendered().fpm.volumeMounts.filter(({ subPath }) => subPath === "php-fpm.conf");
    expect(file?.mountPath).toBe("/usr/local/etc/php-fpm.d/zz-goldenpath.conf");
    expect(["zz-docker.conf", "zz-goldenpath.conf", "www.conf"].sort().at(-1)).toBe("zz-goldenpath.conf");
  });
});

describe("nginx", () => {
  test("is pinned to a version and a digest", () => {
    expect(parseImage(NGINX_IMAGE)).toMatchObject({ tag: "1.30.6-alpine", digest: expect.stringMatching(/^sha256:/) });
    expect(rendered().nginx.image).toBe(NGINX_IMAGE);
    expect(rendered({ nginxImage: "mirror.example.com/nginx:1" }).nginx.image).toBe("mirror.example.com/nginx:1");
  });

  test("listens where its port says and passes on to PHP-FPM's", () => {
    const { conf, nginx, fpm } = rendered({ port: 9100, httpPort: 8181 });
    expect(conf).toContain("listen 8181;");
    expect(nginx.ports).toEqual([
      { name: "http", containerPort: 8181, protocol: "TCP" },
      { name: "nginx-metrics", containerPort: 9253, protocol: "TCP" },
    ]);
    expect(conf).toContain("fastcgi_pass 127.0.0.1:9100;");
    expect(fpm.ports?.[0]?.containerPort).toBe(9100);
  });

  test("sends every path to the front controller", () => {
    const { conf } = rendered({ documentRoot: "/srv/web/" });
    expect(conf).toContain('fastcgi_param SCRIPT_FILENAME "/srv/web/index.php";');
    expect(conf).toContain("fastcgi_param SCRIPT_NAME /index.php;");
  });

  test("accepts bodies as large as PHP does", () => {
    const { conf, pool } = rendered({ maxBodySize: "20Mi" });
    expect(conf).toContain("client_max_body_size 20m;");
    expect(pool).toContain("php_admin_value[post_max_size] = 20M\n");
    expect(pool).toContain("php_admin_value[upload_max_filesize] = 20M\n");
    expect(shorthand("1536Ki", { mebi: "m", kibi: "k" })).toBe("1536k");
  });

  test("writes to its own directories only", () => {
    const { conf, nginx } = rendered();
    const paths = [...conf.matchAll(/^\s*(?:pid|\w+_temp_path) (\S+);/gm)].map(([, path]) => path ?? "");
    expect(paths).toHaveLength(6);
    const writable = nginx.volumeMounts.filter(({ readOnly }) => readOnly !== true).map(({ mountPath }) => mountPath);
    expect(paths.every((path) => writable.some((directory) => path.startsWith(`${directory}/`)))).toBe(true);
    expect(nginx.volumeMounts.find(({ mountPath }) => mountPath === "/tmp")?.name).not.toBe("tmp");
  });

  test("holds what waits for PHP and its own probes at once", () => {
    const { conf, pool } = rendered({
      resources: { requests: { cpu: "1", memory: "4Gi" }, limits: { cpu: "4", memory: "16Gi" } },
    });
    const number = (text: string, setting: RegExp): number => Number(setting.exec(text)?.[1]);
    const requests = number(pool, /max_children = (\d+)/) + number(pool, /listen\.backlog = (\d+)/);
    expect(number(conf, /worker_connections (\d+);/)).toBeGreaterThan(4 * requests);
    expect(number(conf, /worker_rlimit_nofile (\d+);/)).toBeGreaterThan(number(conf, /worker_connections (\d+);/));
  });

  test("stops gracefully by whatever signal the image's runtime sends", () => {
    const [shell, flag, script = ""] = rendered().nginx.command ?? [];
    expect([shell, flag]).toEqual(["sh", "-c"]);
    expect(script).toContain("trap 'kill -QUIT $!' QUIT TERM;");
  });

  test("hides dot files and drops the Proxy header", () => {
    const { conf } = rendered();
    expect(conf).toContain('fastcgi_param HTTP_PROXY "";');
    const hidden = /location ~ (\S+) \{/.exec(conf)?.[1] ?? "";
    expect(new RegExp(hidden).test("/.env")).toBe(true);
    expect(new RegExp(hidden).test("/a/.git/config")).toBe(true);
    expect(new RegExp(hidden).test("/.well-known/acme-challenge/x")).toBe(false);
  });

  test("answers its own probes, so that a slow PHP does not restart it", () => {
    const { conf, nginx } = rendered();
    expect(nginx.livenessProbe?.httpGet).toEqual({ path: "/-/nginx", port: "http" });
    expect(nginx.readinessProbe?.httpGet).toEqual({ path: "/-/nginx", port: "http" });
    expect(conf).toContain("location = /-/nginx {");
  });

  test("has nothing in its configuration that Terraform would read as a template", () => {
    expect(rendered().conf).not.toMatch(/[$%]\{/);
    expect(rendered().pool).not.toMatch(/[$%]\{/);
  });
});

describe("a shutdown", () => {
  const seconds = (text: string, setting: RegExp): number => Number(setting.exec(text)?.[1]);

  test.each([10, 60, 300])("with %d seconds of grace cuts no request off", (terminationGraceSeconds) => {
    const { conf, pool, spec, nginx } = rendered({ terminationGraceSeconds });
    const sleep = Number(nginx.lifecycle?.preStop.exec.command[1]);
    const request = seconds(pool, /request_terminate_timeout = (\d+)s/);
    const drain = seconds(conf, /worker_shutdown_timeout (\d+)s/);
    expect(request).toBe(terminationGraceSeconds);
    expect(seconds(conf, /fastcgi_read_timeout (\d+)s/)).toBeGreaterThan(request);
    expect(drain).toBeGreaterThan(request);
    const stop = seconds(pool, /process_control_timeout = (\d+)s/);
    expect(spec.terminationGracePeriodSeconds).toBeGreaterThan(sleep + drain + stop);
  });

  test("holds PHP-FPM while nginx runs and PHP-FPM answers, and leaves it the time to stop", () => {
    const { fpm, conf, pool, spec } = rendered({ healthCommand: ["bin/health", "--fast"] });
    const [timeout, limit, shell, flag, script, ...args] = fpm.lifecycle?.preStop.exec.command ?? [];
    expect([timeout, shell, flag]).toEqual(["timeout", "sh", "-c"]);
    const drain = seconds(conf, /worker_shutdown_timeout (\d+)s/);
    expect(Number(limit)).toBeGreaterThan(10 + drain);
    const stop = seconds(pool, /process_control_timeout = (\d+)s/);
    expect(Number(limit) + stop).toBeLessThan(spec.terminationGracePeriodSeconds);
    const pid = /^pid (\S+);$/m.exec(conf)?.[1];
    expect(script).toContain(`-e ${pid} `);
    // A program that hangs does not answer, and does not say so either.
    expect(script).toContain(`timeout ${fpm.livenessProbe?.timeoutSeconds} "$@"`);
    expect(script).toContain(`$missed -lt ${fpm.livenessProbe?.failureThreshold} `);
    expect(args).toEqual(["sh", "bin/health", "--fast"]);
    const run = fpm.volumeMounts.find(({ name }) => name === "nginx-run");
    expect(run).toMatchObject({ readOnly: true });
    expect(pid?.startsWith(`${run?.mountPath}/`)).toBe(true);
  });
});

test("temporary space grows with the bodies it has to hold", () => {
  expect(tmpSizeFor("16Mi")).toBe("512Mi");
  expect(tmpSizeFor("100Mi")).toBe("1600Mi");
});
