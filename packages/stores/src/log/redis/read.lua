#!lua flags=no-writes
-- Reads batches, what stands right before them, and where the log begins and ends, all of one moment.
--
-- KEYS  1 head (hash)  2 batches (stream)
-- ARGV  1 the first position wanted  2 how many batches at most
-- Returns the fields of the head, the batch that begins before ARGV[1] (in a list), the batches from there on

return {
  redis.call('HMGET', KEYS[1], 'last', 'at', 'digest', 'floor', 'floor_at', 'floor_digest', 'filling'),
  redis.call('XREVRANGE', KEYS[2], '(' .. ARGV[1] .. '-0', '-', 'COUNT', 1),
  redis.call('XRANGE', KEYS[2], ARGV[1] .. '-0', '+', 'COUNT', ARGV[2]),
}
