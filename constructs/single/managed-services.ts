import type { Construct } from "constructs";
import type { ServiceSizing } from "../model/service";
import { bucket, type BucketSpec } from "../services/bucket";
import { mysql, type MysqlSpec } from "../services/mysql";
import { rabbitmq, type RabbitmqSpec } from "../services/rabbitmq";
import { redis, type RedisSpec } from "../services/redis";
import { type SingleKind, SingleService, type SingleServiceProps } from "./single-service";

/** Every field of a specification: one that is added to it and not here is an error. */
const fields = <Spec>(all: Readonly<Record<keyof Spec, true>>): readonly string[] => Object.keys(all);

const MYSQL: SingleKind = {
  make: mysql,
  spec: fields<MysqlSpec>({ database: true, version: true }),
  without: ["passwords"],
};

export interface ManagedMysqlProps
  extends
    SingleServiceProps,
    MysqlSpec,
    Pick<
      ServiceSizing,
      "backupDays" | "highAvailability" | "machine" | "maintenance" | "parameters" | "size" | "storage"
    > {}

/**
 * A MySQL server: RDS, Cloud SQL or Azure Database. `connection` is its administrator's: users with fewer rights are yours to
 * make, where an application makes one for each workload.
 *
 * @throws InvalidInput with every mistake in its props
 */
export class ManagedMysql extends SingleService {
  constructor(scope: Construct, id: string, props: ManagedMysqlProps) {
    super(scope, id, { kind: MYSQL, props });
  }
}

const REDIS: SingleKind = { make: redis, spec: fields<RedisSpec>({ eviction: true }) };

export interface ManagedRedisProps
  extends
    SingleServiceProps,
    RedisSpec,
    Pick<
      ServiceSizing,
      "backupDays" | "highAvailability" | "machine" | "maintenance" | "parameters" | "passwords" | "size"
    > {}

/**
 * A server that speaks Redis: ElastiCache, Memorystore or Azure Managed Redis.
 *
 * @throws InvalidInput with every mistake in its props
 */
export class ManagedRedis extends SingleService {
  constructor(scope: Construct, id: string, props: ManagedRedisProps) {
    super(scope, id, { kind: REDIS, props });
  }
}

const RABBITMQ: SingleKind = {
  make: rabbitmq,
  spec: fields<RabbitmqSpec>({ version: true, virtualHost: true }),
  without: ["passwords"],
};

export interface RabbitmqClusterProps
  extends
    SingleServiceProps,
    RabbitmqSpec,
    Pick<ServiceSizing, "highAvailability" | "machine" | "maintenance" | "size"> {}

/**
 * RabbitMQ brokers: Amazon MQ, as other clouds run none. `connection` is the administrator's.
 *
 * @throws InvalidInput with every mistake in its props
 */
export class RabbitmqCluster extends SingleService {
  constructor(scope: Construct, id: string, props: RabbitmqClusterProps) {
    super(scope, id, { kind: RABBITMQ, props });
  }
}

const BUCKET: SingleKind = {
  make: bucket,
  spec: fields<BucketSpec>({ cors: true, keepVersionsDays: true, lifecycle: true }),
};

export interface ObjectBucketProps extends SingleServiceProps, BucketSpec {}

/**
 * A private, encrypted bucket: S3. Nobody signs in by its `connection`: who reads and writes needs permissions on it and on
 * its key.
 *
 * @throws InvalidInput with every mistake in its props
 */
export class ObjectBucket extends SingleService {
  constructor(scope: Construct, id: string, props: ObjectBucketProps) {
    super(scope, id, { kind: BUCKET, props });
  }
}
