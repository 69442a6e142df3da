-- The time is over that a user was waited for.
--
-- KEYS, ARGV: of members.lua
local deadline = redis.call('ZSCORE', gone, seat)
if deadline and tonumber(deadline) <= now() then
  redis.call('ZREM', gone, seat)
  if redis.call('HGET', users, user) == '0' then
    forget()
  end
end
return 1
