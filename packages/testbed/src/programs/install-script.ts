/**
 * A shell script that installs Debian packages without starting their services. Debian starts a service when
 * it installs it unless a policy forbids that; ours is there for the time of the installation only.
 *
 * @example
 * spawn("sh", ["-c", installScript({ packages: "redis-server" })]);
 */
export function installScript({
  packages,
  policyFile = "/usr/sbin/policy-rc.d",
}: {
  readonly packages: string;
  readonly policyFile?: string;
}): string {
  const install = `apt-get install -y --no-install-recommends ${packages}`;
  return `set -eu
export DEBIAN_FRONTEND=noninteractive
policy='${policyFile}'
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  trap 'exit 1' HUP INT TERM
  printf '#!/bin/sh\\nexit 101\\n' >"$policy"
  chmod 755 "$policy"
fi
${install} || { apt-get update && ${install}; }
`;
}
