/** `m7i.large`, `c7gn.2xlarge`, `u-6tb1.metal`. */
export const INSTANCE_TYPE = /^[a-z][a-z0-9-]*\.(?:nano|micro|small|medium|large|\d*xlarge|metal(?:-\d+xl)?)$/;

/** Graviton: a `g` after the generation's number (`m7g`, `c7gn`, `im4gn`), and the first generation `a1`. */
export const isArm = (type: string): boolean => /^(?:[a-z]+\d+g|a1\.)/.test(type);
