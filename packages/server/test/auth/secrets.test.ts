import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { readOrCreateSecret } from "../../src/auth/secrets.ts";

const folder = mkdtempSync(join(tmpdir(), "matchforge-secrets-"));
after(() => rmSync(folder, { recursive: true }));

test("[H10] a secret is made once, for its owner alone, and not used when others can read it", () => {
  const file = join(folder, "deep", "token.secret");
  const made = readOrCreateSecret(file);
  assert.match(made, /^[0-9a-f]{64}$/);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(readOrCreateSecret(file), made);
  chmodSync(file, 0o644);
  assert.throws(() => readOrCreateSecret(file), { code: "SECRET_EXPOSED", message: /chmod 600/ });
  chmodSync(file, 0o600);
  writeFileSync(file, "hunter2");
  assert.throws(() => readOrCreateSecret(file), { code: "SECRET_MALFORMED" });
});

test("[H10] of many processes that start at once all get the same secret", async () => {
  const path = join(folder, "race", "token.secret");
  const source = fileURLToPath(new URL("../../src/auth/secrets.ts", import.meta.url));
  const code = `import { readOrCreateSecret } from ${JSON.stringify(source)}; process.stdout.write(readOrCreateSecret(${JSON.stringify(path)}));`;
  const secrets = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const [text] = await Promise.all([child.stdout.toArray(), once(child, "exit")]);
      return String(text);
    }),
  );
  assert.match(secrets[0] ?? "", /^[0-9a-f]{64}$/);
  assert.equal(new Set(secrets).size, 1);
  assert.deepEqual(readdirSync(join(folder, "race")), ["token.secret"]);
});
