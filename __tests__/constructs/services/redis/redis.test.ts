import type { Connection } from "../../../../constructs/model/connection";
import { edgeVariables } from "../../../../constructs/model/variables";
import { cache } from "../../../support/resolved";

const edge = { to: "service", service: cache, prefix: "", secretKeys: { REDIS_URL: "redis-url" } } as const;
const address = { host: { value: "redis" }, port: { value: "6379" } };
const variables = (connection: Pick<Connection, "parts"> & Partial<Connection>) =>
  edgeVariables(edge, { tls: false, endpoints: [], ...connection });

test("a server that lets everybody in has a URL without a login", () => {
  expect(variables({ parts: address, open: true })).toEqual([{ name: "REDIS_URL", value: "redis://redis:6379" }]);
});

test("a cloud that forgets the login is refused, and so is one that lets everybody in over TLS", () => {
  expect(() => variables({ parts: address })).toThrow('service cache: part "username": left out by the cloud');
  expect(() => variables({ parts: address, open: true, tls: true })).toThrow('part "username": left out');
});
