-- Drops fields of a hash that still hold what the caller has looked at, each with the key it stands for, if any.
--
-- KEYS  1 the hash  2… a key for each field, or none at all
-- ARGV  field, value, field, value, …
-- Returns how many were dropped.

local count = 0
for index = 1, #ARGV / 2 do
  local field, value = ARGV[2 * index - 1], ARGV[2 * index]
  if redis.call('HGET', KEYS[1], field) == value then
    redis.call('HDEL', KEYS[1], field)
    if KEYS[index + 1] then redis.call('UNLINK', KEYS[index + 1]) end
    count = count + 1
  end
end
return count
