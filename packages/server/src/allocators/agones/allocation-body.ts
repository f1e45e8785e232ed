import type { AllocationRequest } from "matchforge";
import { annotations, fleetLabel, keyLabel, keyLabelValue, labelValueForm } from "./marks.ts";

/**
 * A `GameServerAllocation`. Its first selector finds the GameServer that has the key already, so that a
 * request that comes twice has effect once even where the look-up before it came too early; then one that is
 * ready is taken, region after region.
 */
export function allocationBody(
  request: AllocationRequest,
  { fleet, regionLabel }: { readonly fleet: string; readonly regionLabel: string },
) {
  const key = { [keyLabel]: keyLabelValue(request.key) };
  const ofFleet = { [fleetLabel]: fleet };
  const regions = request.regions.filter((region) => labelValueForm.test(region));
  const places = request.regions.length === 0 ? [{}] : regions.map((region) => ({ [regionLabel]: region }));
  return {
    apiVersion: "allocation.agones.dev/v1",
    kind: "GameServerAllocation",
    spec: {
      scheduling: "Packed",
      selectors: [
        { gameServerState: "Allocated", matchLabels: { ...ofFleet, ...key } },
        ...places.map((place) => ({ gameServerState: "Ready", matchLabels: { ...ofFleet, ...place } })),
      ],
      metadata: { labels: key, annotations: annotationsOf(request) },
    },
  };
}

function annotationsOf({ key, match, mode, players, credential }: AllocationRequest): Record<string, string> {
  const teams = players.map(({ player, team }) => ({ player_id: player, team }));
  return {
    [annotations.key]: key,
    [annotations.match]: match,
    [annotations.mode]: mode,
    [annotations.players]: JSON.stringify(teams),
    [annotations.credential]: credential,
  };
}
