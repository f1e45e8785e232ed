-- Opens a log that was restored up to a position for appends again.
--
-- KEYS  1 head (hash)
-- ARGV  1 the position  2 channel of wake-ups
-- Returns 1 if it was opened, 0 if it ends elsewhere.

if redis.call('HGET', KEYS[1], 'last') ~= ARGV[1] then return 0 end
redis.call('HDEL', KEYS[1], 'filling')
redis.call('SPUBLISH', ARGV[2], ARGV[1])
return 1
