-- Leaderboards go by what a player can be trusted to be at least: two deviations below the rating.

DROP INDEX rating_leaderboard;

CREATE INDEX rating_leaderboard ON rating (mode, (rating - 2 * deviation) DESC, player_id);
