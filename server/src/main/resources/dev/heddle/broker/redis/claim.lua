-- Claims an id.
--
-- KEYS: the id's
-- ARGV: "content token" of the claim; milliseconds that it may be under way
-- Answer: "content token sent" of the claim that there is; empty if it is this one now
local known = redis.call('GET', KEYS[1])
if known then
  return known
end
redis.call('SET', KEYS[1], ARGV[1] .. ' 0', 'PX', ARGV[2])
return ''
