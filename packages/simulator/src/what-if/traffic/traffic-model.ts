/** Who comes to play, and when: everything a synthetic run draws its arrivals from. Shares are weights. */
export interface TrafficModel {
  readonly arrivals: ArrivalModel;
  /** Which modes a ticket asks for; empty: one mode each, all alike. */
  readonly queues: readonly { readonly modes: readonly string[]; readonly share: number }[];
  /** How many choose a tier of a mode with stakes; a tier that is not named has a share of 1. */
  readonly tiers: Readonly<Record<string, number>>;
  /** A mixture: each player belongs to one part of it. */
  readonly skills: readonly SkillModel[];
  readonly newcomers: NewcomerModel;
  /** How far ratings are off the skill, as a standard deviation in points. */
  readonly ratingError: number;
  readonly parties: PartyModel;
  /** Where players live; empty: nobody measures latencies. */
  readonly regions: readonly RegionModel[];
  /** How likely a player is to accept each role. */
  readonly roles: Readonly<Record<string, number>>;
  readonly churn: ChurnModel;
  readonly returning: ReturningModel;
}

/** When tickets come: a Poisson process whose rate follows a daily curve. */
export interface ArrivalModel {
  /** On the mean of a day. */
  readonly perSecond: number;
  /** The rate around the clock, in any unit, at equal distances from midnight on; straight lines between them. */
  readonly daily: readonly number[];
  readonly startHour: number;
}

/** Skill in points above or below a mode's initial rating: normal, or with a long tail upwards where `skew` > 0. */
export interface SkillModel {
  readonly share: number;
  /** The median. */
  readonly middle: number;
  /** The standard deviation near the median. */
  readonly spread: number;
  /** The standard deviation of the logarithm of a shifted log-normal distribution; 0: normal. */
  readonly skew: number;
}

/** Players whose rating is still the mode's initial one, whatever they can. */
export interface NewcomerModel {
  /** A probability. */
  readonly share: number;
  readonly middle: number;
  readonly spread: number;
}

export interface PartyModel {
  /** The share of parties of 1, 2, 3 … players; a mode that does not take a size is asked by smaller ones. */
  readonly sizes: readonly number[];
  /** How far mates' skills are apart, as a standard deviation in points. */
  readonly spread: number;
}

export interface RegionModel {
  readonly name: string;
  readonly share: number;
  /** To each region that can be reached. */
  readonly latencyMs: Readonly<Record<string, number>>;
  /** By which part of itself a latency varies between players. */
  readonly jitter: number;
}

/** How likely waiting players are to leave in the next minute: `perMinute` at first, and so much more with each minute. */
export interface ChurnModel {
  readonly perMinute: number;
  readonly growthPerMinute: number;
}

/** Players who come again. */
export interface ReturningModel {
  /** The probability that an arrival is a party that came before. */
  readonly share: number;
  /** How long ago it came, in ms. */
  readonly afterMs: readonly [number, number];
}
