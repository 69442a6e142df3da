-- A user is not there any more, on a node.
--
-- KEYS, ARGV: of members.lua; then milliseconds that the user is waited for
redis.call('SREM', held, seat)
if redis.call('SREM', at, node .. ' ' .. user) == 1 then
  if redis.call('HINCRBY', users, user, -1) <= 0 then
    if tonumber(ARGV[6]) > 0 then
      redis.call('ZADD', gone, now() + ARGV[6], seat)
    else
      forget()
    end
  end
end
return 1
