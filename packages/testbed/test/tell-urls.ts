/** Tells the servers this process would use for its tests, each asked for twice, and ends. */
import { postgresForTests, redisClusterForTests, redisForTests } from "../src/index.ts";

const ask = () => Promise.all([postgresForTests(), redisForTests(), redisClusterForTests()]);
console.log(
  JSON.stringify((await Promise.all([ask(), ask()])).map((servers) => servers.map(({ url }) => url))),
);
