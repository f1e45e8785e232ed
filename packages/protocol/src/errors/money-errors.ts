import { describeErrors } from "./error-description.ts";

/** Stakes and side bets. */
export const moneyErrors = describeErrors({
  INSUFFICIENT_FUNDS: {
    httpStatus: 402,
    retryable: false,
    happened: "Your balance does not cover the stake.",
    whatToDo: "Deposit, or choose a lower stake.",
  },
  MATCH_NOT_SPECTATABLE: {
    httpStatus: 409,
    retryable: false,
    happened: "This match cannot be watched now.",
    whatToDo: "Choose a match that is counting down or being played.",
  },
  BETTING_CLOSED: {
    httpStatus: 409,
    retryable: false,
    happened: "Bets on this match are closed.",
    whatToDo: "Bet before the countdown ends.",
  },
  BET_TOO_SMALL: {
    httpStatus: 400,
    retryable: false,
    happened: "The bet is smaller than allowed.",
    whatToDo: "Bet at least the minimum.",
  },
  BET_TOO_LARGE: {
    httpStatus: 400,
    retryable: false,
    happened: "The bet is larger than allowed.",
    whatToDo: "Bet at most the maximum.",
  },
});
