import { rulesLimits } from "../rules/rules-limits.ts";

/** Every bound of the kernel, in one place. Times are ms of shard time. */
export const kernelLimits = {
  /** Deadlines fired by one entry; the rest fire with the next. */
  deadlinesPerEntry: 10_000,
  /** A deadline whose judgement threw is tried again after this. */
  brokenDeadlineRetryMs: 60_000,
  /** The longest step of shard time at one entry, unless the rules say otherwise. */
  maxStepMs: 2_000,
  /** Client requests remembered per player, and for how long. */
  requestsPerPlayer: 16,
  requestsForMs: 120_000,
  /** A waiting ticket lives this long without its player. */
  ticketGraceMs: 15_000,
  /** The longest grace of a player whose node was lost, before the extension. */
  playGraceMs: 30_000,
  /** What a fault of ours adds to the deadlines of those it touched. */
  faultExtensionMs: 30_000,
  /** How often the deadline of one match moves for that: nodes that come and go keep nobody waiting for ever. */
  faultExtensionsPerMatch: 2,
  nodeLostAfterMs: 3_000,
  leaderLostAfterMs: 2_000,
  escrowWithinMs: 60_000,
  /** How long clients may take to load, unless the mode says otherwise. */
  loadingWithinMs: 30_000,
  /** How long a server may take to be found, from its request. */
  serverWithinMs: 45_000,
  /** Servers a match asks for: the first, and one in its place. */
  allocationsPerMatch: 2,
  /** A game server that says nothing for so long is lost. */
  serverLostAfterMs: 15_000,
  serversMax: 10_000,
  serverCapacityMax: 1_000,
  serverLabelsMax: rulesLimits.serverLabelsMax,
  /** Characters of a server's address, and of the names and values it gives. */
  serverAddressLengthMax: 256,
  serverNameLengthMax: rulesLimits.serverNameLengthMax,
  /** Servers and matches in one entry that says who is alive. */
  serversPerEntry: 1_000,
  matchTicketMs: 60_000,
  /** The largest score of a team, either way. */
  scoreMax: 1_000_000_000_000_000,
  /** How long the shell may take to bring the text after the countdown. */
  beginWithinMs: 10_000,
  /** An unsettled match raises a violation this often. */
  settleAlertEveryMs: 60_000,
  evictAfterMs: 600_000,
  evictRetryMs: 60_000,
  offencesForMs: 86_400_000,
  cooldownsMs: [0, 30_000, 120_000, 600_000],
  undeliveredPerDay: 3,
  poolsPerTicket: 8,
  membersPerTicket: 64,
  partyMembersMax: 16,
  crewMembersMin: rulesLimits.crewMembersMin,
  crewMembersMax: rulesLimits.crewMembersMax,
  /** Crews outlive the visits of their members, so there is an end to how many there are. */
  crewsMax: 100_000,
  invitationMs: 60_000,
  /** Characters of a ticket's or match's own data. */
  customLengthMax: 2_048,
  textLengthMax: 2_000,
  secretEpochMs: 3_600_000,
  /** Versions of the rules that can be rolled back to, beside those of live matches. Level 3. */
  rulesKept: 8,
  /** Characters of the reason an operator gives, and of an announcement. */
  reasonLengthMax: 256,
  /** Characters of what an operator may name: a player, a match, a ticket, a node. */
  idLengthMax: 256,
  announcementLengthMax: 1_024,
} as const;
