/** None of the modes that are asked for can be simulated. */
export class NothingToSimulate extends Error {
  override readonly name = "NothingToSimulate";
  readonly code = "NOTHING_TO_SIMULATE";
}
