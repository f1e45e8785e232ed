import { Type } from "typebox";
import { wireLimits } from "../../limits.ts";
import { count, id, nullable, seconds } from "../../schema/fields.ts";
import { strictObject } from "../../schema/strict-object.ts";
import { acceptedRoles } from "./wishes.ts";

const member = strictObject({
  player_id: id("The member."),
  ready: Type.Boolean({ title: "true or false", description: "Whether the member is ready to queue." }),
  roles: acceptedRoles("Roles the member accepts, the best liked first; none for any."),
});

const partyFields = {
  party_id: id("The party."),
  leader: id("The member who speaks for it."),
  size_max: count("The most members it may have."),
  members: Type.Array(member, {
    minItems: 1,
    maxItems: wireLimits.membersPerPartyMax,
    title: "list of members",
    description: "Who is in it, the longest-standing first.",
  }),
  invited: Type.Array(id("An invited player."), {
    maxItems: wireLimits.membersPerPartyMax,
    title: "list of players",
    description: "Whose invitations hold, the oldest first.",
  }),
};

/** A party, as its members see it. */
export const party = strictObject(partyFields);

/** The party a player is in. */
export const partyOrNull = nullable(strictObject(partyFields, "The player's party; null without one."));

const invitationFields = {
  party_id: id("The party; `party.join` takes the invitation up."),
  from: id("The leader who invites."),
  expires_in_secs: seconds("How long it holds."),
};

/** An invitation, as the invited player sees it. */
export const partyInvitation = strictObject(invitationFields);

/** The invitations that wait for a player. */
export const partyInvitations = Type.Array(strictObject(invitationFields), {
  maxItems: wireLimits.invitationsShownMax,
  title: "list of invitations",
  description: "Invitations to parties that hold, the newest first.",
});
