-- A user is there, on a node.
--
-- KEYS, ARGV: of members.lua; then what others may know, empty for nothing
-- Answer: 0 if the node's lease has ended, or is of another run of Redis, and nothing was done
local is_other_run = run ~= '' and redis.call('GET', KEYS[9]) ~= run
if is_other_run or not redis.call('ZSCORE', nodes, node) then
  return 0
end
if ARGV[6] ~= '' then
  redis.call('HSET', infos, user, ARGV[6])
end
if redis.call('SADD', at, node .. ' ' .. user) == 1 then
  redis.call('SADD', held, seat)
  local count = redis.call('HINCRBY', users, user, 1)
  if redis.call('ZREM', gone, seat) == 0 and count == 1 then
    tell('+')
  end
end
return 1
