-- Keeps a node's lease, and finds what has ended: a lease of another node, which the asking one is
-- to clear away, and users whose time to come back is over.
--
-- KEYS: the nodes, until when their leases are; those that are being cleared away, until when; who
-- is waited for, until when; of which run of Redis that is; what the node holds
-- ARGV: node; milliseconds of the lease; 1 if the node is new
-- Answer: 1 if the lease is kept, 0 if it has ended before; a node to clear away, or nothing; the
-- other nodes, with a line between; then those whose time is over
local nodes, dying, gone = KEYS[1], KEYS[2], KEYS[3]
local at = now()
local until_when = at + ARGV[2]

if run ~= '' and redis.call('GET', KEYS[4]) ~= run then
  redis.call('DEL', nodes, dying, gone)
  redis.call('SET', KEYS[4], run)
end
redis.call('PEXPIRE', KEYS[5], 604800000)

local kept = 0
if ARGV[3] == '1' or redis.call('ZSCORE', nodes, ARGV[1]) then
  redis.call('ZADD', nodes, until_when, ARGV[1])
  kept = 1
end

local dead = redis.call('ZRANGEBYSCORE', dying, '-inf', at, 'LIMIT', 0, 1)[1]
if not dead then
  dead = redis.call('ZRANGEBYSCORE', nodes, '-inf', at, 'LIMIT', 0, 1)[1]
end
if dead then
  redis.call('ZREM', nodes, dead)
  redis.call('ZADD', dying, until_when, dead)
end

local answer = {kept, dead or '', table.concat(redis.call('ZRANGE', nodes, 0, -1), '\n')}
for _, seat in ipairs(redis.call('ZRANGEBYSCORE', gone, '-inf', at, 'LIMIT', 0, 500)) do
  answer[#answer + 1] = seat
end
return answer
